/// A span of time, from an instant up to but not including another; open where there is none.
public struct TimeWindow: Hashable, Sendable {
    /// Seconds since 1970-01-01 00:00:00 UTC; `nil` from the beginning.
    public var from: Int64?
    /// Seconds since 1970-01-01 00:00:00 UTC, not inside; `nil` to the end.
    public var to: Int64?

    /// A window between two instants, open where one is missing.
    public init(from: Int64? = nil, to: Int64? = nil) {
        (self.from, self.to) = (from, to)
    }

    /// All of time.
    public static let all = TimeWindow()

    /// Whether the instant lies inside.
    public func contains(_ instant: Int64) -> Bool {
        (from.map { instant >= $0 } ?? true) && (to.map { instant < $0 } ?? true)
    }
}
