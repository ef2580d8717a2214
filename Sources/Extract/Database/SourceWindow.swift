/// The rows requested from a table: half open, `[lowerBound, upperBound)`, by the time column.
///
/// Tables contain wall times or instants, and only the reader knows which, so a window has both. The caller widens the
/// wall times where clocks are set back, and drops rows that turn out to lie outside.
public struct SourceWindow: Sendable, Equatable {
    /// Seconds since 1970-01-01 00:00:00 on the clock of the table's times.
    public let wall: Range<Int64>
    /// Seconds since 1970-01-01 00:00:00 UTC.
    public let instants: Range<Int64>

    /// Creates a window.
    ///
    /// - Parameters:
    ///   - wall: In the table's wall time.
    ///   - instants: The same in UTC.
    public init(wall: Range<Int64>, instants: Range<Int64>) {
        self.wall = wall
        self.instants = instants
    }
}
