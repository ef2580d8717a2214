/// How many phone fields of contacts could be read.
public struct PhoneTally: Hashable, Sendable {
    /// Fields that contain a public number.
    public var readable = 0
    /// Fields that contain something, but neither a public number nor an extension: names, cut and damaged numbers.
    public var unreadable = 0

    /// A tally at zero.
    public init() {}

    /// Adds the fields of another tally.
    public static func += (left: inout Self, right: Self) {
        left.readable += right.readable
        left.unreadable += right.unreadable
    }
}
