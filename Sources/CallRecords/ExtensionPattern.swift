/// One entry of an extension plan: which digits are a number inside the PBX.
enum ExtensionPattern: Hashable, Sendable {
    /// Any number of so many digits.
    case lengths(ClosedRange<Int>)
    /// The numbers from one to another, none of them with leading zeros that the bounds don't have.
    case numbers(ClosedRange<UInt64>, digits: ClosedRange<Int>)
    /// An Asterisk pattern, symbol by symbol.
    case dialplan([Symbol])

    enum Symbol: Hashable, Sendable {
        /// One digit of this set; bit n stands for n.
        case digit(UInt16)
        /// `.`: one digit or more, and the end of the pattern.
        case oneOrMore
        /// `!`: any digits or none, and the end of the pattern.
        case anything
    }
}

extension ExtensionPattern {
    /// Whether these bytes match. The caller has seen to it that they are ASCII digits.
    func matches(_ digits: UnsafeBufferPointer<UInt8>) -> Bool {
        switch self {
        case .lengths(let lengths):
            return lengths.contains(digits.count)
        case .numbers(let numbers, digits: let lengths):
            guard lengths.contains(digits.count), digits.count <= 18 else { return false }
            // 0101 is not 101, unless the bounds are written with as many digits.
            if lengths.lowerBound < lengths.upperBound, digits.first == UInt8(ascii: "0") { return false }
            return numbers.contains(digits.reduce(0) { $0 * 10 + UInt64($1 &- UInt8(ascii: "0")) })
        case .dialplan(let symbols):
            var position = 0
            for symbol in symbols {
                switch symbol {
                case .oneOrMore: return position < digits.count
                case .anything: return true
                case .digit(let set):
                    guard position < digits.count, set & 1 << UInt16(digits[position] &- UInt8(ascii: "0")) != 0 else {
                        return false
                    }
                    position += 1
                }
            }
            return position == digits.count
        }
    }
}

extension ExtensionPattern {
    /// Reads one entry; `nil` where it is none of the forms that ``ExtensionPlan`` lists.
    init?(_ text: Substring) {
        if text.hasPrefix("_") {
            self.init(dialplan: text.dropFirst())
            return
        }
        if let bounds = Self.bounds(text) {
            let (low, high) = bounds
            guard let first = UInt64(low), let last = UInt64(high), first <= last, high.utf8.count <= 12 else {
                return nil
            }
            if low.utf8.count == 1, high.utf8.count <= 2, last <= 15, first > 0 {
                self = .lengths(Int(first)...Int(last))
            } else {
                guard low.utf8.count <= high.utf8.count else { return nil }
                self = .numbers(first...last, digits: low.utf8.count...high.utf8.count)
            }
            return
        }
        // 1XX without the underscore is what people write who do not live in extensions.conf.
        guard text.utf8.contains(where: { "XxZzNn".utf8.contains($0) }) else { return nil }
        self.init(dialplan: text)
    }

    /// `101` as 101 to 101, `100-199`, `3`, `3-4`.
    private static func bounds(_ text: Substring) -> (Substring, Substring)? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard let low = parts.first, parts.count <= 2, let high = parts.last else { return nil }
        let areDigits = parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { 48...57 ~= $0 } }
        return areDigits ? (low, high) : nil
    }

    /// `X`, `Z`, `N`, `[1-37]`, digits, `.` and `!`, as pbx.c reads them; `-` between digits is decoration there too.
    private init?(dialplan text: Substring) {
        var symbols: [Symbol] = []
        var rest = text
        while let character = rest.popFirst() {
            switch character {
            case "X", "x": symbols.append(.digit(0b11_1111_1111))
            case "Z", "z": symbols.append(.digit(0b11_1111_1110))
            case "N", "n": symbols.append(.digit(0b11_1111_1100))
            case "0"..."9": symbols.append(.digit(1 << UInt16(character.wholeNumberValue ?? 0)))
            case "-": continue
            case "[":
                guard let end = rest.firstIndex(of: "]"), let set = Self.digitSet(rest[..<end]) else { return nil }
                symbols.append(.digit(set))
                rest = rest[rest.index(after: end)...]
            case ".", "!":
                guard rest.isEmpty else { return nil }
                symbols.append(character == "." ? .oneOrMore : .anything)
            default: return nil
            }
        }
        guard !symbols.isEmpty else { return nil }
        self = .dialplan(symbols)
    }

    /// `1-37`: 1 to 3, and 7.
    private static func digitSet(_ text: Substring) -> UInt16? {
        var set: UInt16 = 0
        var rest = text
        while let first = rest.popFirst() {
            guard let low = first.wholeNumberValue, first.isASCII else { return nil }
            var high = low
            if rest.first == "-" {
                rest.removeFirst()
                guard let last = rest.popFirst(), last.isASCII, let value = last.wholeNumberValue else { return nil }
                high = value
            }
            guard low <= high else { return nil }
            for digit in low...high { set |= 1 << UInt16(digit) }
        }
        return set == 0 ? nil : set
    }
}
