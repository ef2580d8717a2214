public import Base

/// Queue events on their way to the warehouse.
public struct QueueEvents: Sendable {
    /// As the source gave them.
    public var records = QueueEventBatch()
    /// When they happened, one entry for each event.
    public var instants: [Moment] = []
    /// Hash of everything but the time, one entry for each event.
    public var hashes: [Int64] = []
    /// Indices of the events to load: those inside the window, each once.
    public var selection: [Int] = []

    /// No events.
    public init() {}
}
