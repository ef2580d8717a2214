extension UInt8 {
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let colon = UInt8(ascii: ":")
    static let space = UInt8(ascii: " ")
    static let tab = UInt8(ascii: "\t")
    static let backslash = UInt8(ascii: "\\")

    /// The byte with ASCII capitals in lower case; every other byte is unchanged.
    var lowercased: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self }

    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}

/// Compares header names and keywords as Asterisk does: ASCII letters without regard to case, other bytes exactly.
func equalIgnoringCase(_ left: some Sequence<UInt8>, _ right: some Sequence<UInt8>) -> Bool {
    left.lazy.map(\.lowercased).elementsEqual(right.lazy.map(\.lowercased))
}

extension StringProtocol {
    /// Whether the text is `other`, ignoring the case of ASCII letters.
    public func isSame(as other: some StringProtocol) -> Bool {
        equalIgnoringCase(utf8, other.utf8)
    }

    /// The text without blanks and tabs at both ends.
    public var trimmedBlanks: String {
        let bytes = Array(utf8)
        let isBlank = { (byte: UInt8) in byte == .space || byte == .tab }
        guard let first = bytes.firstIndex(where: { !isBlank($0) }),
            let last = bytes.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(decoding: bytes[first...last], as: UTF8.self)
    }
}

extension RangeReplaceableCollection where Element == UInt8 {
    mutating func append(text: some StringProtocol) {
        append(contentsOf: text.utf8)
    }
}
