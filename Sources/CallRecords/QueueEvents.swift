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

extension QueueEvents {
    /// A selected event as a value, with the uniqueid of the call that it is about.
    ///
    /// - Parameter record: One of ``selection``.
    /// - Returns: `nil` for an event of a kind that this package does not know.
    public func event(_ record: Int) -> (callid: String?, event: QueueEvent)? {
        func text(_ field: QueueEventField) -> String? { records.string(field, of: record) }
        guard let kind = text(.event).flatMap(QueueEvent.Kind.init(rawValue:)) else { return nil }
        let event = QueueEvent(
            at: instants[record],
            kind: kind,
            queue: text(.queue),
            agent: text(.agent),
            data: [text(.data1), text(.data2), text(.data3), text(.data4), text(.data5)]
        )
        return (text(.callid), event)
    }
}
