/// How old records may become, in calendar units: `90d`, `6w`, `18m`, `3y`.
public struct RetentionAge: Sendable, Hashable, CustomStringConvertible {
    /// A unit of time, by its letter.
    public enum Unit: Character, Sendable, Hashable {
        case days = "d"
        case weeks = "w"
        case months = "m"
        case years = "y"
    }

    /// The number of units.
    ///
    /// Invariant: 1 to 9999.
    public let count: Int
    /// The unit.
    public let unit: Unit

    /// Reads digits and a letter; `nil` for anything else, for 0, and for more than four digits.
    public init?(_ text: String) {
        guard let last = text.last, let unit = Unit(rawValue: last), 2...5 ~= text.utf8.count,
            text.dropLast().utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
            let count = Int(text.dropLast()), count > 0
        else { return nil }
        (self.count, self.unit) = (count, unit)
    }

    /// An age in days; at most 9999.
    public init(days: Int) { (count, unit) = (min(max(days, 1), 9999), .days) }

    /// The age as written on the command line.
    public var description: String { "\(count)\(unit.rawValue)" }

    /// The age as PostgreSQL reads it: `18 months`.
    var interval: String { "\(count) \(unit)" }
}
