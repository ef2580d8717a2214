public import Base
import Postgres

/// One call as shown in a list. Lengths are in seconds.
public struct CallSummary: Sendable {
    /// The party at the other end, as known to the CRM.
    public struct Contact: Sendable {
        /// The CRM's kind of contact: contact, lead, company …
        public let kind: String
        /// The CRM's id.
        public let id: String
        /// The name.
        public let name: String
        /// Who is responsible for the contact.
        public let owner: String?
    }

    /// `voip.calls.call_id`.
    public let id: Int64
    /// The PBX.
    public let pbx: String
    /// Asterisk's id of the call.
    public let linkedid: String
    /// When it began, was answered and ended.
    public let started: Moment, answered: Moment?, ended: Moment?
    /// `inbound`, `outbound`, `internal`, `unknown`.
    public let direction: String
    /// `answered`, `no_answer`, `busy`, `failed`.
    public let disposition: String
    /// The outside number as the PBX wrote it, and as E.164.
    public let number: String?, e164: String?
    /// `matched`, `ambiguous`, `unmatched`; `nil` without a number.
    public let match: String?
    /// The contact that the call is linked to.
    public let contact: Contact?
    /// Our number that was dialled, the inside party, the queue member who answered, the first queue.
    public let did: String?, `extension`: String?, agent: String?, queue: String?
    /// Lengths; `nil` while unknown.
    public let duration: Int64?, ring: Int64?, wait: Int64?, talk: Int64?
    /// Counts.
    public let transfers: Int64, legs: Int64, visits: Int64
    /// The recording's name.
    public let recording: String?

    /// Reads a row of `sql/calls/find.sql`.
    init(_ row: borrowing Row) throws(PostgresError) {
        id = try row.int64(0)
        pbx = try row.textIfPresent(1) ?? ""
        linkedid = try row.text(2)
        (started, answered, ended) = (try row.second(3), try row.secondIfPresent(4), try row.secondIfPresent(5))
        (direction, disposition) = (try row.text(6), try row.text(7))
        (number, e164, match) = (try row.textIfPresent(8), try row.textIfPresent(9), try row.textIfPresent(10))
        let owner = try row.textIfPresent(14)
        if let kind = try row.textIfPresent(11), let id = try row.textIfPresent(12) {
            contact = Contact(kind: kind, id: id, name: try row.textIfPresent(13) ?? "", owner: owner)
        } else {
            contact = nil
        }
        (did, `extension`) = (try row.textIfPresent(15), try row.textIfPresent(16))
        (agent, queue) = (try row.textIfPresent(17), try row.textIfPresent(18))
        (duration, ring) = (try row.int64IfPresent(19), try row.int64IfPresent(20))
        (wait, talk) = (try row.int64IfPresent(21), try row.int64IfPresent(22))
        (transfers, legs, visits) = (try row.int64(23), try row.int64(24), try row.int64(25))
        recording = try row.textIfPresent(26)
    }
}

extension CallSummary {
    /// The names of ``fields(in:)``, in order: the columns of CSV and the members of JSON. New ones are added at the
    /// end.
    public static let columns = [
        "call_id", "pbx", "linkedid", "started_at", "answered_at", "ended_at", "direction", "disposition",
        "customer_number",
        "customer_e164", "contact_match", "contact_kind", "contact_id", "contact_name", "contact_owner", "did",
        "extension",
        "agent", "queue", "duration_s", "ring_s", "wait_s", "talk_s", "transfers", "legs", "queue_visits",
        "recording_file",
    ]

    /// The values, in the order of ``columns``; times are ISO 8601 in a zone.
    public func fields(in zone: ZoneTable) -> [JSON] {
        func text(_ value: String?) -> JSON { value.map(JSON.string) ?? nil }
        func time(_ value: Moment?) -> JSON { value.map { .string(zone.iso8601($0)) } ?? nil }
        func number(_ value: Int64?) -> JSON { value.map { .integer(Int($0)) } ?? nil }
        return [
            number(id), text(pbx), text(linkedid), time(started), time(answered), time(ended), text(direction),
            text(disposition), text(self.number), text(e164), text(match), text(contact?.kind), text(contact?.id),
            text(contact?.name), text(contact?.owner), text(did), text(`extension`), text(agent), text(queue),
            number(duration), number(ring), number(wait), number(talk), number(transfers), number(legs), number(visits),
            text(recording),
        ]
    }

    /// The call's object.
    public func json(in zone: ZoneTable) -> JSON { .object(Array(zip(Self.columns, fields(in: zone)))) }
}
