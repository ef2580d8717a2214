/// A channel variable that an action sets.
public struct ChannelVariable: Sendable, Equatable {
    /// The name; `__NAME` is inherited by all descendants of the channel, `_NAME` only by its direct children.
    public let name: String
    /// The value as the dialplan will see it.
    public let value: String

    /// A variable with a name and a value.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// Reads `NAME=value`; nil without `=` or with a name that is not made of letters, digits and `_`.
    ///
    /// Functions such as `CALLERID(name)` are refused too: writing to some of them runs a program or writes a file on
    /// the PBX.
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

    /// The value of a `Variable` header. Asterisk splits such a header at commas and removes quotes, brackets and
    /// backslashes (main/app.c, `__ast_app_separate_args`); a backslash before each of these preserves it.
    public var header: String {
        var text = name + "="
        for character in value.unicodeScalars {
            if ["\\", "\"", ",", "(", ")", "[", "]"].contains(character) { text.unicodeScalars.append("\\") }
            text.unicodeScalars.append(character)
        }
        return text
    }
}
