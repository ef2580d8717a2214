/// Text that has to stand in a statement because no parameter may.
public enum SQL {
    /// An identifier in quotes, with quotes in it doubled.
    public static func identifier(_ name: String) -> String {
        quoted(name, with: "\"")
    }

    /// A string literal, for statements that take no parameters, such as SET and COPY.
    public static func literal(_ text: String) -> String {
        // With standard_conforming_strings, on by default since 9.1, a backslash means nothing.
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
