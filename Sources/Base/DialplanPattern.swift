/// An Asterisk pattern for numbers, with or without its leading `_`.
///
/// `X` is 0-9, `Z` 1-9, `N` 2-9, `[1-37]` one of 1, 2, 3 and 7, `.` one or more characters, `!` zero or more; every
/// other character matches itself, and `-` between them is ignored
/// (https://docs.asterisk.org/Configuration/Dialplan/Pattern-Matching/, main/pbx.c).
public struct DialplanPattern: Hashable, Sendable {
    private enum Symbol: Hashable {
        /// One of these bytes.
        case one(ASCIISet)
        /// A byte beyond ASCII.
        case byte(UInt8)
        case oneOrMore
        case anything
    }

    private let symbols: [Symbol]

    /// Reads a pattern; `nil` for an empty one, for an unfinished or backward set, and for anything after `.` or `!`.
    public init?(_ text: some StringProtocol) {
        var symbols: [Symbol] = []
        var rest = Array(text.utf8)[...]
        if rest.first == UInt8(ascii: "_") { rest.removeFirst() }
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "X"), UInt8(ascii: "x"): symbols.append(.one(ASCIISet("0"..."9")))
            case UInt8(ascii: "Z"), UInt8(ascii: "z"): symbols.append(.one(ASCIISet("1"..."9")))
            case UInt8(ascii: "N"), UInt8(ascii: "n"): symbols.append(.one(ASCIISet("2"..."9")))
            case UInt8(ascii: "-"): continue
            case UInt8(ascii: "["):
                guard let end = rest.firstIndex(of: UInt8(ascii: "]")), let set = ASCIISet(members: rest[..<end]) else {
                    return nil
                }
                symbols.append(.one(set))
                rest = rest[(end + 1)...]
            case UInt8(ascii: "."), UInt8(ascii: "!"):
                guard rest.isEmpty else { return nil }
                symbols.append(byte == UInt8(ascii: ".") ? .oneOrMore : .anything)
            case 0..<0x80:
                var set = ASCIISet()
                set.insert(byte)
                symbols.append(.one(set))
            default: symbols.append(.byte(byte))
            }
        }
        guard !symbols.isEmpty else { return nil }
        self.symbols = symbols
    }

    /// Whether the pattern matches only digits.
    public var isOfDigits: Bool {
        symbols.allSatisfy { symbol in
            switch symbol {
            case .one(let set): set.isSubset(of: ASCIISet("0"..."9"))
            case .byte: false
            case .oneOrMore, .anything: true
            }
        }
    }

    /// Whether the pattern matches the whole number.
    public func matches(_ number: UnsafeBufferPointer<UInt8>) -> Bool {
        var position = 0
        for symbol in symbols {
            switch symbol {
            case .oneOrMore: return position < number.count
            case .anything: return true
            case .one(let set): guard position < number.count, set.contains(number[position]) else { return false }
            case .byte(let wanted): guard position < number.count, number[position] == wanted else { return false }
            }
            position += 1
        }
        return position == number.count
    }

    /// Whether the pattern matches the whole number.
    public func matches(_ number: String) -> Bool {
        var number = number
        return number.withUTF8 { matches($0) }
    }
}

/// A set of ASCII characters; bit n represents the character with code n.
private struct ASCIISet: Hashable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    init() {}

    init(_ range: ClosedRange<Unicode.Scalar>) {
        for value in range.lowerBound.value...range.upperBound.value { insert(UInt8(truncatingIfNeeded: value)) }
    }

    /// `1-37`: 1 to 3, and 7. `nil` for an empty set, a backward range or a byte beyond ASCII.
    init?(members: ArraySlice<UInt8>) {
        var rest = members
        while let first = rest.popFirst() {
            var last = first
            if rest.first == UInt8(ascii: "-") {
                rest.removeFirst()
                guard let end = rest.popFirst() else { return nil }
                last = end
            }
            guard first <= last, last < 0x80 else { return nil }
            for byte in first...last { insert(byte) }
        }
        if low | high == 0 { return nil }
    }

    mutating func insert(_ byte: UInt8) {
        if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte & 63) }
    }

    func contains(_ byte: UInt8) -> Bool {
        guard byte < 0x80 else { return false }
        return (byte < 64 ? low : high) & 1 << UInt64(byte & 63) != 0
    }

    func isSubset(of other: ASCIISet) -> Bool { low & ~other.low == 0 && high & ~other.high == 0 }
}
