import Base

/// A language in which every phrase is translated: each Latin letter becomes a Georgian one. With data that have no letters, a
/// Latin letter in an output is therefore a text that was not looked up.
enum PseudoLanguage {
    static let language = Language("xx", "Test", decimalSeparator: ",", .oneOrOther) { key in
        [strange(key.text)] + (key.plural.map { [strange($0)] } ?? [])
    }

    /// Placeholders are digits in braces, so that they stay.
    private static func strange(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar {
                    case "a"..."z": Unicode.Scalar(0x10D0 + scalar.value - 0x61) ?? scalar
                    case "A"..."Z": Unicode.Scalar(0x10A0 + scalar.value - 0x41) ?? scalar
                    default: scalar
                    }
                }
            )
        )
    }

    /// The words with a Latin letter, without those that are names in every language. A word that begins with a digit is part of
    /// a moment in ISO 8601.
    static func untranslated(_ text: String) -> [String] {
        text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init).filter { word in
            word.unicodeScalars.contains { ("a"..."z").contains($0) || ("A"..."Z").contains($0) }
                && !names.contains(word) && word.first?.isNumber != true
        }
    }

    /// Names, the time zone of the tests, and the cell to which a link in a workbook leads.
    private static let names: Set = ["crm", "voip", "Europe", "Berlin", "queue_log", "A1"]
}
