public import Base

/// A span of time from one instant up to but not including another; either end may be open.
public struct TimeWindow: Hashable, Sendable {
    /// The first moment inside; `nil` if the beginning is open.
    public var from: Moment?
    /// The first moment after the window; `nil` if the end is open.
    public var to: Moment?

    /// A window between two instants; a missing one leaves that end open.
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
