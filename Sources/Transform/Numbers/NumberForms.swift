public import CallRecords

/// All the forms in which one subscriber's number may appear in a record.
public struct NumberForms: Sendable, Hashable {
    /// The number, and the other numbers that its country uses or used for the same subscriber.
    ///
    /// Invariant: not empty.
    public let numbers: [PhoneNumber]

    /// The forms of a number.
    public init(_ number: PhoneNumber) {
        numbers = [number] + SubscriberForms.others(of: number)
    }

    /// A regular expression that finds the number in a text: its national digits, with up to two blanks, dashes, dots,
    /// slashes or brackets between them, and up to six digits before them for a country code, a trunk prefix and an
    /// outside prefix.
    ///
    /// The first group is the text before the number. PostgreSQL and Swift read the expression in the same way.
    public var pattern: String { pattern(of: Self.spaced) }

    /// Like ``pattern``, but also matches if the last four digits were masked, as in audit logs.
    public var patternInLogs: String {
        pattern { digits in "\(Self.spaced(digits.dropLast(4)))(?:\(Self.spaced(digits.suffix(4)))|xxxx)" }
    }

    private func pattern(of national: (Substring) -> String) -> String {
        let all = numbers.map { number in
            let (code, digits) = Self.parts(number)
            // 00, 011 or 810 and an outside prefix before the code; a trunk prefix after it, as in +49 (0)30.
            return "(?:[0-9]{0,5}\(code)[-. ()/]{0,3}0?|[0-9]{0,2})[-. ()/]{0,2}\(national(digits))"
        }
        return "(^|[^0-9])\\+?(?:\(all.joined(separator: "|")))(?![0-9])"
    }

    /// Digits with the separators that may lie between them.
    private static func spaced(_ digits: Substring) -> String {
        digits.map { "\($0)[-. ()/]{0,2}" }.joined()
    }

    /// The country code and the digits after it.
    private static func parts(_ number: PhoneNumber) -> (code: Substring, national: Substring) {
        var digits = String(number.digits)
        let length = digits.withUTF8 { CountryCode(beginning: $0)?.length } ?? 0
        return (digits.prefix(length), digits.dropFirst(length))
    }
}
