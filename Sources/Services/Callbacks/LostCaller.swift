public import Base

/// A caller who did not get through, once, however often they tried. Times are seconds since 1970-01-01 00:00:00 UTC.
public struct LostCaller: Sendable, Equatable {
    /// Whether somebody has to call them.
    public enum State: String, Sendable, CaseIterable {
        /// Nobody has spoken to them, and nobody takes care of them.
        case open
        /// Nobody has spoken to them yet; somebody takes care of them.
        case claimed
        /// Somebody says that nothing more is to be done.
        case done
        /// Somebody has spoken to them since.
        case reached
    }

    /// What the lists call them: the same as long as they are on the list.
    public var id: String
    /// The PBX.
    public var pbx: String
    /// The number as the PBX wrote it, and as E.164.
    public var number: String, e164: String?
    /// Whose number it is.
    public var contact: CallerNames.Contact?
    /// Where they waited last; nil for a call that saw no queue.
    public var queue: String?
    /// All queues in which they waited.
    public var queues: Set<String>
    /// Whether they called where there is no queue.
    public var hasCallWithoutQueue: Bool
    /// When they were lost first of the times that nobody has made up for, else when they were lost last.
    public var lostAt: Int64
    /// When they were lost last.
    public var lastLostAt: Int64
    /// How often they were lost.
    public var times: Int
    /// Whether somebody called since and did not reach them.
    public var isAttempted: Bool
    /// See ``State``.
    public var state: State
    /// Who takes care of them, and since when.
    public var claimedBy: String?, claimedAt: Int64?
    /// Who put an end to it last, when, and what came of it.
    public var doneBy: String?, doneAt: Int64?, note: String?
    /// Who spoke to them after they were lost last, and when.
    public var spokenBy: String?, spokenAt: Int64?
    /// Asterisk's id of the last call that was lost.
    public var linkedid: String?

    /// The caller as the warehouse knows them; two forms of one number have the same.
    var key: String

    /// Whether somebody has to call them.
    public var isOwed: Bool { state == .open || state == .claimed }

    /// The object that the API answers.
    public func json(in zone: ZoneTable) -> JSON {
        func text(_ value: String?) -> JSON { value.map(JSON.string) ?? nil }
        func time(_ value: Int64?) -> JSON { value.map { .string(zone.iso8601($0)) } ?? nil }
        return [
            "id": .string(id), "pbx": .string(pbx), "state": .string(state.rawValue), "number": .string(number),
            "e164": text(e164), "contact_kind": text(contact?.kind), "contact_id": text(contact?.id),
            "contact_name": text(contact?.name), "owner": text(contact?.owner), "queue": text(queue),
            "lost_at": time(lostAt), "last_lost_at": time(lastLostAt), "times": .integer(times),
            "attempted": .boolean(isAttempted), "claimed_by": text(claimedBy), "claimed_at": time(claimedAt),
            "done_by": text(doneBy), "done_at": time(doneAt), "note": text(note), "spoken_by": text(spokenBy),
            "spoken_at": time(spokenAt), "linkedid": text(linkedid),
        ]
    }
}
