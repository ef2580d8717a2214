extension UInt8 {
    /// Whether an unquoted database name may begin with this byte.
    var beginsIdentifier: Bool {
        self == UInt8(ascii: "_") || (self | 0x20 >= UInt8(ascii: "a") && self | 0x20 <= UInt8(ascii: "z"))
    }

    /// Whether an unquoted database name may contain this byte; true for the bytes of non-ASCII letters.
    var continuesIdentifier: Bool { beginsIdentifier || isDigit || self >= 0x80 || self == UInt8(ascii: "$") }

    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}

extension StringProtocol {
    /// The text without white space at its ends.
    var trimmed: String {
        let isSpace = { (character: Character) in character.isWhitespace }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
            return ""
        }
        return String(self[first...last])
    }

    /// Whether it is a plain name: a letter or underscore, followed by letters, digits and underscores.
    var isIdentifier: Bool {
        guard let first = utf8.first, first.beginsIdentifier else { return false }
        return utf8.allSatisfy { $0.beginsIdentifier || $0.isDigit }
    }
}
