/// Text that must be part of a statement because a parameter is not allowed there.
public enum SQL {
    /// A quoted identifier, with quotes inside it doubled.
    public static func identifier(_ name: String) -> String {
        quoted(name, with: "\"")
    }

    /// A string literal, for statements that take no parameters, such as SET and COPY.
    public static func literal(_ text: String) -> String {
        // With standard_conforming_strings, on by default since 9.1, a backslash has no special meaning.
        quoted(text, with: "'")
    }

    private static func quoted(_ text: String, with quote: Character) -> String {
        var result = String(quote)
        for character in text.unicodeScalars {
            if Character(character) == quote { result.append(quote) }
            result.unicodeScalars.append(character)
        }
        result.append(quote)
        return result
    }
}
