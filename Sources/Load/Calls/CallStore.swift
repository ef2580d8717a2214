import Base
public import CallRecords
public import Postgres
import Warehouse

/// Reads the legs of calls and writes the calls made of them.
public struct CallStore {
    let pbx: Int16

    /// Calls in a page.
    public static let pageSize = 4000

    private static let columns = """
        call_id, pbx_id, linkedid, direction, disposition, started_at, answered_at, ended_at, duration_s, ring_s, wait_s, \
        talk_s, wait_source, customer, customer_e164, did, extension, agent, queue, queues, transfers, legs, \
        recordingfile, match, contact_id, row_hash
        """

    /// - Parameter pbx: `voip.pbx.pbx_id`.
    public init(pbx: Int16) { self.pbx = pbx }

    /// Whether the queue_log has any visits.
    public func hasVisits(_ connection: borrowing Connection) throws -> Bool {
        try !connection.query(
            "select 1 from voip.queue_visit where pbx_id = $1 and source = 'queue_log' limit 1",
            [.int64(Int64(pbx))]
        ).isEmpty
    }

    /// The match that calls had in the CRM, by call id; `nil` if a call had no number to look up.
    public typealias Matches = [Int64: ContactLink.Match?]

    /// Joins calls that turned out to be one. Returns those that no longer exist.
    @discardableResult
    public func merge(_ parts: [Int64: Int64], _ connection: borrowing Connection) throws -> Matches {
        guard !parts.isEmpty else { return [:] }
        let pairs = parts.sorted { $0.key < $1.key }
        var matches: Matches = [:]
        try connection.query(
            SQLFiles.Load.mergeCalls,
            [.int64Array(pairs.map(\.key)), .int64Array(pairs.map(\.value))],
            format: .binary
        ).forEach { row in
            matches.updateValue(try row.textIfPresent(1).flatMap(ContactLink.Match.init), forKey: try row.int64(0))
        }
        return matches
    }

    /// The calls to which the touched callids of the queue_log belong.
    public func callsOfTouchedCallids(_ connection: borrowing Connection) throws -> [Int64] {
        try connection.query(
            """
            select distinct c.call_id from touched_callid t join voip.cdr c on c.uniqueid = t.callid and c.pbx_id = $1
            """,
            [.int64(Int64(pbx))],
            format: .binary
        ).map { row throws(PostgresError) in try row.int64(0) }
    }

    /// Calls with their hashes, which distinguish each from other versions of itself.
    public struct HashedCalls: Sendable {
        /// The calls, in ascending order of their ids.
        public let calls: [Call]
        /// One for each call.
        let hashes: [Int64]

        /// Calls in their current state.
        public init(_ calls: [Call], _ hasher: inout CallHasher) {
            self.calls = calls
            var hashes: [Int64] = []
            hashes.reserveCapacity(calls.count)
            for index in calls.indices { hashes.append(hasher.hash(calls[index])) }
            self.hashes = hashes
        }
    }

    /// Writes new calls, and those that differ from what is stored.
    ///
    /// - Parameters:
    ///   - hashed: the calls.
    ///   - areFresh: whether none of them can be stored yet.
    /// - Returns: those that were stored already.
    @discardableResult
    public func write(
        _ hashed: HashedCalls,
        areFresh: Bool = false,
        _ connection: borrowing Connection
    ) throws -> Matches {
        let calls = hashed.calls
        guard !calls.isEmpty else { return [:] }
        var stored: [Int64: Int64] = [:]
        var matches: Matches = [:]
        if !areFresh {
            try connection.query(
                SQLFiles.Load.storedCalls,
                [.int64Array(calls.map(\.id))],
                format: .binary
            ).forEach { row in
                let call = try row.int64(0)
                stored[call] = try row.int64(1)
                matches.updateValue(try row.textIfPresent(2).flatMap(ContactLink.Match.init), forKey: call)
            }
        }
        // Indices, because to copy a call costs a dozen references to its texts.
        let changes = calls.indices.filter { stored.isEmpty || stored[calls[$0].id] != hashed.hashes[$0] }
        let old = stored.isEmpty ? [] : changes.map { calls[$0].id }.filter { stored[$0] != nil }
        if !old.isEmpty {
            _ = try connection.query("delete from voip.call where call_id = any($1)", [.int64Array(old)])
        }
        if !changes.isEmpty {
            _ = try connection.copyIn("copy voip.call (\(Self.columns)) from stdin (format binary)") { writer in
                for index in changes { try write(calls[index], hashed.hashes[index], to: &writer) }
            }
        }
        try writeAliases(calls, connection)
        return matches
    }

    /// Deletes aliases that lead to their call through a leg anyway, because that leg arrived later than the alias. The
    /// result then does not depend on the order in which legs arrived.
    public func deleteNeedlessAliases(_ connection: borrowing Connection) throws {
        _ = try connection.query(SQLFiles.Load.deleteNeedlessAliases, [.int64(Int64(pbx))])
    }

    private func writeAliases(_ calls: [Call], _ connection: borrowing Connection) throws {
        var aliases: [(linkedid: String, call: Int64)] = []
        for index in calls.indices where !calls[index].aliases.isEmpty {
            for alias in calls[index].aliases { aliases.append((alias, calls[index].id)) }
        }
        guard !aliases.isEmpty else { return }
        _ = try connection.query(
            """
            insert into voip.call_alias (linkedid, call_id, pbx_id)
            select *, $3::smallint from unnest($1::text[], $2::bigint[])
            on conflict (linkedid, pbx_id) do update set call_id = excluded.call_id
            """,
            [.textArray(aliases.map(\.linkedid)), .int64Array(aliases.map(\.call)), .int64(Int64(pbx))]
        )
    }

    private func write(_ call: Call, _ hash: Int64, to writer: inout CopyWriter) throws(PostgresError) {
        try writer.beginRow(columns: 26)
        writer.int64(call.id)
        writer.int16(pbx)
        writer.text(call.linkedid)
        writer.text(call.direction.rawValue)
        writer.text(call.disposition.rawValue)
        writer.moment(call.startedAt)
        writer.moment(ifPresent: call.answeredAt)
        writer.moment(call.endedAt)
        writer.int32(Int32(clamping: call.endedAt.seconds(since: call.startedAt)))
        writer.int32(ifPresent: call.ring)
        writer.int32(ifPresent: call.wait)
        writer.int32(call.talk)
        writer.text(ifPresent: call.waitSource?.rawValue)
        writer.text(ifPresent: call.customer)
        writer.text(ifPresent: call.customerNumber?.description)
        writer.text(ifPresent: call.did)
        writer.text(ifPresent: call.extension)
        writer.text(ifPresent: call.agent)
        writer.text(ifPresent: call.queue)
        writer.int16(call.queueVisits)
        writer.int16(call.transfers)
        writer.int16(call.legs)
        writer.text(ifPresent: call.recordingfile)
        writer.text(ifPresent: call.contact?.match.rawValue)
        writer.int64(ifPresent: call.contact?.id)
        writer.int64(hash)
    }
}
