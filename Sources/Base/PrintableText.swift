/// Text that a terminal displays without obeying it. Callers choose their own names, so a name may contain escape
/// sequences.
public enum PrintableText {
    /// The text with U+FFFD in place of each character that controls a terminal, is invisible, or changes the direction
    /// of text.
    public static func of(_ text: String) -> String {
        // Nearly every text is plain ASCII, and looking up categories is expensive.
        if text.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) { return text }
        // Joiners are part of Persian and Indic words and of emoji.
        return String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0 == "\u{200C}" || $0 == "\u{200D}" || !steers($0) ? $0 : "\u{FFFD}" }
            )
        )
    }

    /// Whether a character controls a terminal or its line, is invisible, or changes the direction of the text after
    /// it.
    static func steers(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: scalar.properties.isDefaultIgnorableCodePoint && !isVariationSelector(scalar)
        }
    }

    /// Variation selectors choose between two forms of the preceding character, for example of an emoji.
    private static func isVariationSelector(_ scalar: Unicode.Scalar) -> Bool {
        0xFE00...0xFE0F ~= scalar.value
    }
}
