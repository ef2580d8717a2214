public import Base

/// A caller who did not get through, listed once, however often they tried.
public struct LostCaller: Sendable, Equatable {
    /// Whether somebody must call them.
    public enum State: String, Sendable, CaseIterable {
        /// Nobody has spoken to them, and nobody has taken on the call.
        case open
        /// Nobody has spoken to them yet; somebody has taken on the call.
        case claimed
        /// Somebody has marked the case as done.
        case done
        /// Somebody has spoken to them since.
        case reached
    }

    /// The caller's id in the lists, which does not change while they are on one.
    public var id: String
    /// The PBX.
    public var pbx: String
    /// The number as the PBX wrote it, and as E.164.
    public var number: String, e164: String?
    /// Whose number it is.
    public var contact: CallerNames.Contact?
    /// The queue in which they last waited; nil for a call that entered no queue.
    public var queue: String?
    /// All queues in which they waited.
    public var queues: Set<String>
    /// Whether they called a number without a queue.
    public var hasCallWithoutQueue: Bool
    /// When they were lost for the first time since anybody spoke to them; if somebody has, when they were last lost.
    public var lostAt: Moment
    /// When they were last lost.
    public var lastLostAt: Moment
    /// How often they were lost.
    public var times: Int
    /// Whether somebody called since and did not reach them.
    public var isAttempted: Bool
    /// The state; see ``State``.
    public var state: State
    /// Who has taken on the call, and since when.
    public var claimedBy: String?, claimedAt: Moment?
    /// Who last closed the case, when, and with what result.
    public var doneBy: String?, doneAt: Moment?, note: String?
    /// Who spoke to them after they were last lost, and when.
    public var spokenBy: String?, spokenAt: Moment?
    /// Asterisk's id of the last lost call.
    public var linkedid: String?

    /// The caller's key in the warehouse; two forms of one number have the same key.
    var key: String

    /// Whether somebody must call them.
    public var isOwed: Bool { state == .open || state == .claimed }

    /// The object that the API returns.
    public func json(in zone: ZoneTable) -> JSON {
        func text(_ value: String?) -> JSON { value.map(JSON.string) ?? nil }
        func time(_ value: Moment?) -> JSON { value.map { .string(zone.iso8601($0)) } ?? nil }
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
