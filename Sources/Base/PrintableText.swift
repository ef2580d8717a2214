/// Text that a terminal shows and does not obey. Callers choose their names themselves, so a name may hold escape sequences.
public enum PrintableText {
    /// The text with U+FFFD in place of each character that steers a terminal, or hides or turns what stands beside it.
    public static func of(_ text: String) -> String {
        // Nearly every text is plain ASCII; the look at categories is dear.
        if text.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) { return text }
        // Joiners are part of Persian and Indic words, and of emoji.
        return String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0 == "\u{200C}" || $0 == "\u{200D}" || !steers($0) ? $0 : "\u{FFFD}" }
            )
        )
    }

    /// Whether a character steers a terminal or its line, is not seen, or turns the direction of what follows.
    static func steers(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: scalar.properties.isDefaultIgnorableCodePoint && !isVariationSelector(scalar)
        }
    }

    /// These choose between two forms of the sign before them, as of emoji.
    private static func isVariationSelector(_ scalar: Unicode.Scalar) -> Bool {
        0xFE00...0xFE0F ~= scalar.value
    }
}
