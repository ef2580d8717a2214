internal import Base
public import CallRecords
public import Postgres
internal import Warehouse

/// Reads the legs of calls and writes the calls that they make up.
public struct CallStore {
    let pbx: Int16

    /// Calls a page.
    public static let pageSize = 4000

    private static let columns = """
        call_id, pbx_id, linkedid, direction, disposition, started_at, answered_at, ended_at, duration_s, ring_s, wait_s, \
        talk_s, wait_source, customer, customer_e164, did, extension, agent, queue, queues, transfers, legs, \
        recordingfile, match, contact_id, row_hash
        """

    /// - Parameter pbx: `voip.pbx.pbx_id`.
    public init(pbx: Int16) { self.pbx = pbx }

    /// Whether the queue_log knows of any visit.
    public func hasVisits(_ connection: borrowing Connection) throws -> Bool {
        try !connection.query(
            "select from voip.queue_visit where pbx_id = $1 and source = 'queue_log' limit 1",
            [.int64(Int64(pbx))]
        ).isEmpty
    }

    /// What the CRM said of calls, by their ids; `nil` where they had no number to ask for.
    public typealias Matches = [Int64: ContactLink.Match?]

    /// Joins calls that turned out to be one. Returns those that are calls no more.
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

    // MARK: - Reading

    /// The legs of some calls, which must be in ascending order.
    public func legs(of calls: [Int64], _ connection: borrowing Connection) throws -> CallLegs {
        var page = CallLegs()
        guard let first = calls.first, let last = calls.last else { return page }
        // A few calls among many are asked for by name, a run of them by its ends.
        let isDense = last - first < Int64(calls.count) * 2
        let wanted = Set(isDense && last - first + 1 == calls.count ? [] : calls)
        try connection.query(
            SQLFiles.Load.legsOfCalls,
            [.int64(first), .int64(last), isDense ? .null : .int64Array(calls)],
            format: .binary
        ).forEach { row in
            let call = try row.int64(0)
            if !wanted.isEmpty, !wanted.contains(call) { return }
            if page.calls.last?.id != call { page.calls.append((call, page.legs.count..<page.legs.count)) }
            page.order.append(page.legs.count)
            try Self.append(row, to: &page)
            page.calls[page.calls.count - 1].legs = page.calls[page.calls.count - 1].legs.lowerBound..<page.legs.count
        }
        return page
    }

    private static let textColumns: [CDRField] = [
        .uniqueid, .linkedid, .disposition, .src, .dst, .dcontext, .channel, .dstchannel, .lastapp, .lastdata, .did,
        .recordingfile, .cnum, .clid,
    ]

    private static func append(_ row: borrowing Row, to page: inout CallLegs) throws(PostgresError) {
        var header = CDRHeader()
        let start = try row.moment(1)
        let duration = Int32(clamping: try row.int64(4))
        header.duration = duration
        header.billsec = Int32(clamping: try row.int64(5))
        header.sequence = try row.int64IfPresent(6).map { Int32(clamping: $0) }
        page.times.append(
            LegTimes(
                start: start,
                answer: try row.momentIfPresent(2),
                end: try row.momentIfPresent(3) ?? start.adding(seconds: Int64(duration)),
                isDerived: false
            )
        )
        page.legs.append(header)
        for (index, field) in textColumns.enumerated() {
            row.withBytes(7 + index) { page.legs.set(field, $0.bindMemory(to: UInt8.self)) }
        }
    }

    /// Adds what the queue_log knows of the calls, and notes in the warehouse's visits which call they belong to.
    public func addVisits(to page: inout CallLegs, _ connection: borrowing Connection) throws {
        var calls: [String: Int64] = [:]
        for call in page.calls {
            for index in page.order[call.legs] {
                if let uniqueid = page.legs.string(.uniqueid, of: index) { calls[uniqueid] = call.id }
            }
        }
        var unlinked: Set<String> = []
        try connection.query(
            SQLFiles.Load.visitsOfCalls,
            [.textArray(Array(calls.keys)), .int64(Int64(pbx))],
            format: .binary
        ).forEach { row in
            let callid = try row.text(0)
            if try row.int64IfPresent(12) != calls[callid] { unlinked.insert(callid) }
            let key = row.withBytes(0) { Hash128($0) }
            if let key { page.visits[key, default: []].append(try Self.visit(row)) }
        }
        if unlinked.isEmpty { return }
        let links = calls.filter { unlinked.contains($0.key) }.sorted { $0.key < $1.key }
        _ = try connection.query(
            SQLFiles.Load.linkVisits,
            [.textArray(links.map(\.key)), .int64Array(links.map(\.value)), .int64(Int64(pbx))]
        )
    }

    private static func visit(_ row: borrowing Row) throws(PostgresError) -> QueueVisit {
        var visit = QueueVisit(
            queue: try row.text(1),
            entry: Int16(clamping: try row.int64(2)),
            enteredAt: try row.moment(3)
        )
        visit.connectedAt = try row.momentIfPresent(4)
        visit.leftAt = try row.momentIfPresent(5)
        visit.outcome = QueueVisit.Outcome(rawValue: try row.text(6)) ?? .inProgress
        visit.wait = try row.int64IfPresent(7).map { Int32(clamping: $0) }
        visit.ring = try row.int64IfPresent(8).map { Int32(clamping: $0) }
        visit.talk = try row.int64IfPresent(9).map { Int32(clamping: $0) }
        visit.agent = try row.textIfPresent(10)
        visit.isTransferred = try row.bool(11)
        return visit
    }

    // MARK: - Writing

    /// A call, and what tells it from other versions of itself.
    public struct HashedCall: Sendable {
        /// The call.
        public let call: Call
        let hash: Int64

        /// A call as it is now.
        public init(_ call: Call, _ hasher: inout CallHasher) {
            self.call = call
            hash = hasher.hash(call)
        }
    }

    /// Writes new calls, and those that differ from what is stored.
    ///
    /// - Parameters:
    ///   - calls: in ascending order of their ids.
    ///   - areFresh: whether none of them can be stored yet.
    /// - Returns: those that were stored already.
    @discardableResult
    public func write(
        _ calls: [HashedCall],
        areFresh: Bool = false,
        _ connection: borrowing Connection
    ) throws -> Matches {
        guard !calls.isEmpty else { return [:] }
        var stored: [Int64: Int64] = [:]
        var matches: Matches = [:]
        if !areFresh {
            try connection.query(
                SQLFiles.Load.storedCalls,
                [.int64Array(calls.map(\.call.id))],
                format: .binary
            ).forEach { row in
                let call = try row.int64(0)
                stored[call] = try row.int64(1)
                matches.updateValue(try row.textIfPresent(2).flatMap(ContactLink.Match.init), forKey: call)
            }
        }
        let changes = stored.isEmpty ? calls : calls.filter { stored[$0.call.id] != $0.hash }
        let old = changes.map(\.call.id).filter { stored[$0] != nil }
        if !old.isEmpty {
            _ = try connection.query("delete from voip.call where call_id = any($1)", [.int64Array(old)])
        }
        if !changes.isEmpty {
            _ = try connection.copyIn("copy voip.call (\(Self.columns)) from stdin (format binary)") { writer in
                for change in changes { try write(change.call, change.hash, to: &writer) }
            }
        }
        try writeAliases(calls, connection)
        return matches
    }

    /// Forgets names that lead to their call by a leg anyway, since that came later than the name. Then the order in which
    /// legs came does not show.
    public func deleteNeedlessAliases(_ connection: borrowing Connection) throws {
        _ = try connection.query(SQLFiles.Load.deleteNeedlessAliases, [.int64(Int64(pbx))])
    }

    private func writeAliases(_ calls: [HashedCall], _ connection: borrowing Connection) throws {
        let aliases = calls.map(\.call).flatMap { call in call.aliases.map { ($0, call.id) } }
        guard !aliases.isEmpty else { return }
        _ = try connection.query(
            """
            insert into voip.call_alias (linkedid, call_id, pbx_id)
            select *, $3::smallint from unnest($1::text[], $2::bigint[])
            on conflict (linkedid, pbx_id) do update set call_id = excluded.call_id
            """,
            [.textArray(aliases.map(\.0)), .int64Array(aliases.map(\.1)), .int64(Int64(pbx))]
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
