/// A number of the world's telephone network (ITU-T E.164): country calling code and national significant number.
///
/// Eight bytes, so that millions of them can serve as hash keys and sort keys; a `String` is made only for display.
public struct PhoneNumber: Hashable, Sendable {
    /// The digits as one decimal integer: `+7 916 123-45-67` is 79161234567.
    ///
    /// Invariant: 7 to 15 digits. A country calling code never begins with 0, so no leading digit is lost.
    public let digits: UInt64

    /// The number with these digits; `nil` if there are fewer than 7 or more than 15.
    public init?(digits: UInt64) {
        guard 1_000_000..<1_000_000_000_000_000 ~= digits else { return nil }
        self.digits = digits
    }

    /// Reads `+79161234567`: a plus and 7 to 15 digits, nothing else. This is the form of the warehouse's `_e164`
    /// columns; the number normaliser reads what people and trunks write.
    public init?(e164 text: some StringProtocol) {
        var value: UInt64 = 0
        var count = 0
        for byte in text.utf8 {
            if count == 0, byte == UInt8(ascii: "+") {
                count = 1
                continue
            }
            let digit = byte &- UInt8(ascii: "0")
            guard count > 0, digit < 10, count < 16, count > 1 || digit > 0 else { return nil }
            value = value * 10 + UInt64(digit)
            count += 1
        }
        self.init(digits: value)
    }

    /// Appends the canonical form, `+79161234567`, to these bytes.
    public func write(to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "+"))
        var divisor: UInt64 = 1
        while digits / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(digits / divisor % 10))
            divisor /= 10
        }
    }
}

extension PhoneNumber: Comparable {
    /// By value. This differs from the order of the written form, where `+1…` with eleven digits comes before `+33…`
    /// with eleven.
    public static func < (left: PhoneNumber, right: PhoneNumber) -> Bool { left.digits < right.digits }
}

extension PhoneNumber: CustomStringConvertible {
    /// `+79161234567`
    public var description: String { "+\(digits)" }
}
