import CallRecords
import Postgres

/// Decodes the rows of `events_of_callids` and `session_events`.
enum QueueEventRows {
    /// `nil` for an event that the state machines do not know.
    static func event(_ row: borrowing Row) throws(PostgresError) -> QueueEvent? {
        guard let kind = QueueEvent.Kind(rawValue: try row.text(2)) else { return nil }
        var data = InlineArray<5, String?>(repeating: nil)
        for index in data.indices { data[index] = try row.textIfPresent(5 + index) }
        return QueueEvent(
            at: try row.moment(1),
            kind: kind,
            queue: try row.textIfPresent(3),
            agent: try row.textIfPresent(4),
            data: data
        )
    }
}
