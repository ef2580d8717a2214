extension UInt8 {
    /// Whether a name of the database may begin with this byte without quotes.
    var beginsIdentifier: Bool {
        self == UInt8(ascii: "_") || (self | 0x20 >= UInt8(ascii: "a") && self | 0x20 <= UInt8(ascii: "z"))
    }

    /// Whether a name may go on with it; bytes of other letters included.
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

    /// Whether it is a plain name: a letter or underscore, then letters, digits, underscores.
    var isIdentifier: Bool {
        guard let first = utf8.first, first.beginsIdentifier else { return false }
        return utf8.allSatisfy { $0.beginsIdentifier || $0.isDigit }
    }
}
