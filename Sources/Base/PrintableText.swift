/// Text that a terminal shows and does not obey. Callers choose their names themselves, so a name may hold escape sequences.
public enum PrintableText {
    /// The text with U+FFFD in place of each character that steers a terminal, or hides or turns what stands beside it.
    public static func of(_ text: String) -> String {
        // Nearly every text is plain ASCII; the look at categories is dear.
        if text.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { isPrintable($0) ? $0 : "\u{FFFD}" }))
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        // Joiners are part of Persian and Indic words, and of emoji.
        if scalar == "\u{200C}" || scalar == "\u{200D}" { return true }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: return false
        default: return true
        }
    }
}
