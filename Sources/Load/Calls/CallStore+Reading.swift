import Base
public import CallRecords
public import Postgres
import Warehouse

extension CallStore {
    /// The legs of some calls, whose ids must be in ascending order.
    public func legs(of calls: [Int64], _ connection: borrowing Connection) throws -> CallLegs {
        var page = CallLegs()
        guard let first = calls.first, let last = calls.last else { return page }
        // A few calls among many are selected by id, a dense run of them by its two ends.
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

    /// Adds what the queue_log knows about the calls.
    ///
    /// - Parameters:
    ///   - page: the calls with their legs.
    ///   - linking: whether to record the call of each visit in the warehouse.
    ///   - connection: in the transaction of the run.
    /// - Throws: `PostgresError`.
    public func addVisits(to page: inout CallLegs, linking: Bool, _ connection: borrowing Connection) throws {
        var calls: [String: Int64] = [:]
        for call in page.calls {
            for index in page.order[call.legs] {
                if let uniqueid = page.legs.string(.uniqueid, of: index) { calls[uniqueid] = call.id }
            }
        }
        var unlinked: Set<String> = []
        for group in NearbyIDs.groups(of: calls.keys) {
            try connection.query(
                SQLFiles.Load.visitsOfCalls,
                group.parameters + [.int64(Int64(pbx))],
                format: .binary
            ).forEach { row in
                let callid = try row.text(0)
                if try row.int64IfPresent(12) != calls[callid] { unlinked.insert(callid) }
                let key = row.withBytes(0) { Hash128($0) }
                if let key { page.visits[key, default: []].append(try Self.visit(row)) }
            }
        }
        if unlinked.isEmpty || !linking { return }
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
}
