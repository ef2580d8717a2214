/// Queue events on their way to the warehouse.
public struct QueueEvents: Sendable {
    /// As the source gave them.
    public var records = QueueEventBatch()
    /// Seconds since 1970-01-01 00:00:00 UTC, one an event.
    public var instants: [Int64] = []
    /// Hash of everything but the time, one an event.
    public var hashes: [Int64] = []
    /// Indices of the events to load: inside the window, each once.
    public var selection: [Int] = []

    /// No event.
    public init() {}
}
