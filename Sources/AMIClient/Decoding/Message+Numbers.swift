import AMI
import Base

// Numbers from a PBX, limited to plausible values: no input from outside may overflow a later sum.
extension Message {
    /// Longer than anything on a PBX can last, in seconds: about a century.
    static let longestSpan = 3_155_760_000

    /// A span of time in seconds; nil if it is negative or implausibly long.
    func span(_ name: String) -> Double? {
        number(name).flatMap { (0...Double(Self.longestSpan)).contains($0) ? $0 : nil }
    }

    /// A span of time in whole seconds.
    func wholeSpan(_ name: String) -> Int? {
        integer(name).flatMap { (0...Self.longestSpan).contains($0) ? $0 : nil }
    }

    /// A moment, sent as seconds since 1970; nil for 0, which Asterisk writes for never, and for values outside the
    /// calendar.
    func moment(_ name: String) -> Moment? {
        number(name).flatMap { $0 > 0 ? Moment(secondsSince1970: $0) : nil }
    }
}
