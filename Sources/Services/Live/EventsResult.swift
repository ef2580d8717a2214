public import AMIClient
public import Base

/// The result of receiving events.
public struct EventsResult: ServiceResult {
    /// The numbers of events.
    public var counts: EventStream.Counts
    /// Queue events that could not be stored for the warehouse.
    public var discarded = 0

    /// Whether nothing is missing.
    public var isComplete: Bool { counts.dropped == 0 && counts.reconnects == 0 && discarded == 0 }

    /// The result as an object.
    public var json: JSON {
        .object([
            ("received", .integer(counts.received)), ("dropped", .integer(counts.dropped)),
            ("connections_lost", .integer(counts.reconnects)), ("not_stored", .integer(discarded)),
        ])
    }
}
