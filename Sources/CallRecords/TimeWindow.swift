public import Base

/// A span of time, from an instant up to but not including another; open where there is none.
public struct TimeWindow: Hashable, Sendable {
    /// The first moment inside; `nil` from the beginning.
    public var from: Moment?
    /// The first moment after it; `nil` to the end.
    public var to: Moment?

    /// A window between two instants, open where one is missing.
    public init(from: Moment? = nil, to: Moment? = nil) {
        (self.from, self.to) = (from, to)
    }

    /// All of time.
    public static let all = TimeWindow()

    /// Whether the instant lies inside.
    public func contains(_ instant: Moment) -> Bool {
        (from.map { instant >= $0 } ?? true) && (to.map { instant < $0 } ?? true)
    }
}
