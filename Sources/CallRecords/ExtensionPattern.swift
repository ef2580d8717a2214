import Base

/// One entry of an extension plan: which digits are a number inside the PBX.
enum ExtensionPattern: Hashable, Sendable {
    /// Any number with this many digits.
    case lengths(ClosedRange<Int>)
    /// The numbers from one to another, excluding numbers with leading zeros unless the bounds have them too.
    case numbers(ClosedRange<UInt64>, digits: ClosedRange<Int>)
    /// An Asterisk pattern.
    case dialplan(DialplanPattern)
}

extension ExtensionPattern {
    /// Whether these bytes match. The caller has made sure that they are ASCII digits.
    func matches(_ digits: UnsafeBufferPointer<UInt8>) -> Bool {
        switch self {
        case .lengths(let lengths):
            return lengths.contains(digits.count)
        case .numbers(let numbers, digits: let lengths):
            guard lengths.contains(digits.count), digits.count <= 18 else { return false }
            // 0101 is not 101, unless the bounds are written with the same number of digits.
            if lengths.lowerBound < lengths.upperBound, digits.first == UInt8(ascii: "0") { return false }
            return numbers.contains(digits.reduce(0) { $0 * 10 + UInt64($1 &- UInt8(ascii: "0")) })
        case .dialplan(let pattern): return pattern.matches(digits)
        }
    }
}

extension ExtensionPattern {
    /// Reads one entry; `nil` if it has none of the forms that ``ExtensionPlan`` lists.
    init?(_ text: Substring) {
        if text.hasPrefix("_") {
            self.init(dialplan: text)
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
        // People who do not work with extensions.conf every day write 1XX without the underscore.
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

    /// A pattern that matches only digits.
    private init?(dialplan text: Substring) {
        guard let pattern = DialplanPattern(text), pattern.isOfDigits else { return nil }
        self = .dialplan(pattern)
    }
}
