public import Base
import CallRecords
import Postgres

/// A visit of a call to a queue.
public struct CallVisit: Sendable {
    /// The queue.
    public let queue: String
    /// 1 for the first visit to this queue.
    public let entry: Int64
    /// `queue_log`, or `cdr` for an estimate from the legs.
    public let source: String
    /// When the caller entered, was connected and left.
    public let entered: Moment, connected: Moment?, left: Moment?
    /// `answered`, `abandoned`, `timed_out` …
    public let outcome: String
    /// Lengths in seconds; `nil` while unknown.
    public let wait: Int64?, ring: Int64?, talk: Int64?
    /// Who answered, who ended the talk, where the caller was transferred, and which key the caller pressed.
    public let agent: String?, endedBy: String?, transferTarget: String?, exitKey: String?
    /// Whether the agent transferred the caller.
    public let isTransferred: Bool

    init(_ row: borrowing Row) throws(PostgresError) {
        (queue, entry, source) = (try row.text(1), try row.int64(2), try row.text(3))
        (entered, connected, left) = (try row.second(4), try row.secondIfPresent(5), try row.secondIfPresent(6))
        outcome = try row.text(7)
        (wait, ring, talk) = (try row.int64IfPresent(8), try row.int64IfPresent(9), try row.int64IfPresent(10))
        (agent, endedBy) = (try row.textIfPresent(11), try row.textIfPresent(12))
        isTransferred = try row.bool(13)
        (transferTarget, exitKey) = (try row.textIfPresent(14), try row.textIfPresent(15))
    }

    func json(in zone: ZoneTable) -> JSON {
        func text(_ value: String?) -> JSON { value.map(JSON.string) ?? nil }
        func time(_ value: Moment?) -> JSON { value.map { .string(zone.iso8601($0)) } ?? nil }
        func number(_ value: Int64?) -> JSON { value.map { .integer(Int($0)) } ?? nil }
        return [
            "queue": .string(queue), "entry": number(entry), "source": .string(source), "entered_at": time(entered),
            "connected_at": time(connected), "left_at": time(left), "outcome": .string(outcome), "wait_s": number(wait),
            "ring_s": number(ring), "talk_s": number(talk), "agent": text(agent), "ended_by": text(endedBy),
            "transferred": .boolean(isTransferred), "transfer_target": text(transferTarget), "exit_key": text(exitKey),
        ]
    }
}
