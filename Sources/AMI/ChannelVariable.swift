/// A channel variable to be set by an action.
public struct ChannelVariable: Sendable, Equatable {
    /// The name; `__NAME` is inherited by every channel that the first one makes, `_NAME` by its children.
    public let name: String
    /// The value as the dialplan shall see it.
    public let value: String

    /// A variable of name and value.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// Reads `NAME=value`; nil without `=` or with a name that is not made of letters, digits and `_`.
    ///
    /// A function (`CALLERID(name)`) is refused too: writing some of them runs a program or writes a file on the PBX.
    public init?(assignment text: String) {
        guard let equals = text.firstIndex(of: "=") else { return nil }
        let name = text[..<equals]
        let isNameByte = { (byte: UInt8) in
            byte.isDigit || byte == UInt8(ascii: "_")
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte.lowercased)
        }
        guard !name.isEmpty, name.utf8.allSatisfy(isNameByte) else { return nil }
        self.init(name: String(name), value: String(text[text.index(after: equals)...]))
    }

    /// The value of a `Variable` header. Asterisk splits such a header at commas and takes quotes, brackets and backslashes
    /// away (main/app.c, `__ast_app_separate_args`); a backslash before each of these keeps it.
    public var header: String {
        var text = name + "="
        for character in value.unicodeScalars {
            if ["\\", "\"", ",", "(", ")", "[", "]"].contains(character) { text.unicodeScalars.append("\\") }
            text.unicodeScalars.append(character)
        }
        return text
    }
}
