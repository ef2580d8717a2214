import Base
import CallRecords
import Pipeline
import Postgres
import Transform
import Warehouse

/// The parameters of `sql/calls/find.sql`: a request whose numbers and names were resolved.
struct CallFilter {
    private var request: CallsRequest
    private var ids: [Int64]?
    /// A queue whose calls are not in ``ids``.
    private var queue: String?
    private var number: SoughtNumber?
    private var contacts: [Int64]?
    private var agents: [String]?
    private var extensions: [String] = []
    private var window = TimeWindow.all

    init(
        _ request: CallsRequest,
        numbers normaliser: NumberNormaliser,
        zone: ZoneTable,
        now: Moment,
        _ connection: borrowing Connection
    ) throws {
        self.request = request
        window = request.window?.window(in: zone, now: now) ?? .all
        number = try request.number.map { number in try SoughtNumber(number, normaliser, connection) }
        contacts = try request.contact.map { contact in try Self.contacts(contact, connection) }
        if let recording = request.recording {
            // A recording's name usually contains the uniqueid, which has an index.
            let ids = try Self.callIDs(Self.uniqueids(in: recording), pbx: request.pbx, connection)
            if !ids.isEmpty { self.ids = ids }
        }
        if request.agent != nil {
            let found = try Self.agents(request, connection)
            try limit(toAgents: found.names, extensions: found.extensions, connection)
        }
        if let number { try limit(to: number, connection) }
        if let queue = request.queue { try limit(to: queue, connection) }
    }

    /// If a number or a queue has fewer calls than this, they are found directly. If it has more, the newest are found
    /// by scanning the newest of all calls. The server would have to guess which case applies.
    private static let many = 10_000

    /// A number that no call has is taken to be the end of one.
    private mutating func limit(
        to exact: SoughtNumber,
        _ connection: borrowing Connection
    ) throws(PostgresError) {
        var calls = try exact.calls(pbx: request.pbx, many: Self.many, connection)
        if calls?.isEmpty == true, let text = request.number {
            let ending = try SoughtNumber(endOf: text, connection)
            number = ending
            calls = try ending.calls(pbx: request.pbx, many: Self.many, connection)
        }
        guard let calls else { return }
        number = nil
        keep(calls)
    }

    private mutating func limit(to queue: String, _ connection: borrowing Connection) throws(PostgresError) {
        let visited = try connection.queryByIndex(SQLFiles.Calls.ofQueue, [.text(queue), .int64(Int64(Self.many) + 1)])
            .map { row throws(PostgresError) in try row.int64IfPresent(0) }
        if visited.count > Self.many {
            self.queue = queue
        } else {
            keep(visited.compactMap { $0 })
        }
    }

    /// An agent takes longer to find than a number, so fewer calls are many.
    private mutating func limit(
        toAgents names: [String],
        extensions phones: [String],
        _ connection: borrowing Connection
    ) throws(PostgresError) {
        let many = Self.many / 5
        let calls = try connection.queryByIndex(
            SQLFiles.Calls.ofAgent,
            [.textArray(names), .textArray(phones), .text(request.pbx), .int64(Int64(many) + 1)]
        ).map { row throws(PostgresError) in try row.int64(0) }
        if calls.count > many {
            (agents, extensions) = (names, phones)
        } else {
            keep(calls)
        }
    }

    private mutating func keep(_ calls: [Int64]) {
        let calls = Set(calls)
        ids = ids.map { $0.filter(calls.contains) } ?? Array(calls)
    }

    private init(ids: [Int64]) {
        request = CallsRequest()
        request.limit = max(1, ids.count)
        self.ids = ids
    }

    /// The calls; one more than the limit if there are more.
    func calls(_ connection: borrowing Connection) throws(PostgresError) -> [CallSummary] {
        let parameters: [Parameter] = [
            ids.map(Parameter.int64Array) ?? .null,
            .text(request.pbx),
            (number?.phones).map(Parameter.textArray) ?? .null,
            (number?.forms).map(Parameter.textArray) ?? .null,
            (number?.dids).map(Parameter.textArray) ?? .null,
            (number?.patterns).map(Parameter.textArray) ?? .null,
            contacts.map(Parameter.int64Array) ?? .null,
            agents.map(Parameter.textArray) ?? .null,
            .textArray(extensions),
            .text(queue),
            .text(request.direction?.rawValue),
            .text(request.disposition?.rawValue),
            .text(request.recording),
            .moment(window.from),
            .moment(window.to),
            .int64(Int64(min(max(0, request.limit), 1_000_000) + 1)),
            request.after.map(Parameter.int64) ?? .null,
        ]
        return try connection.query(SQLFiles.Calls.find, parameters)
            .map { row throws(PostgresError) in try CallSummary(row) }
    }

    /// The calls that an id leads to: a uniqueid, a linkedid, or a recording's name that contains one.
    static func calls(ofID id: String, pbx: String?, _ connection: borrowing Connection) throws -> [CallSummary] {
        var ids = try callIDs([id], pbx: pbx, connection)
        if ids.isEmpty { ids = try callIDs(uniqueids(in: id), pbx: pbx, connection) }
        return ids.isEmpty ? [] : try CallFilter(ids: ids).calls(connection)
    }

    /// The names and phones of an agent.
    static func agents(
        _ request: CallsRequest,
        _ connection: borrowing Connection
    ) throws(PostgresError) -> (names: [String], extensions: [String]) {
        guard let agent = request.agent else { return ([], []) }
        let rows = try connection.query(SQLFiles.Calls.agentNames, [.text(agent), .text(request.pbx)])
            .map { row throws(PostgresError) in (name: try row.text(0), extension: try row.textIfPresent(1)) }
        return ([agent] + rows.map(\.name), rows.compactMap(\.extension))
    }

    /// `KIND:ID`, or the id alone.
    private static func contacts(
        _ contact: String,
        _ connection: borrowing Connection
    ) throws(PostgresError) -> [Int64] {
        let parts = contact.split(separator: ":", maxSplits: 1).map(String.init)
        let kind = parts.count == 2 ? parts[0] : nil
        return try connection.query(SQLFiles.Calls.contacts, [.text(kind), .text(parts.last ?? "")])
            .map { row throws(PostgresError) in try row.int64(0) }
    }

    private static func callIDs(
        _ ids: [String],
        pbx: String?,
        _ connection: borrowing Connection
    ) throws(PostgresError) -> [Int64] {
        if ids.isEmpty { return [] }
        return try connection.query(SQLFiles.Calls.byId, [.textArray(ids), .text(pbx)])
            .map { row throws(PostgresError) in try row.int64(0) }
    }

    /// `1795389423.12` in `external-101-4930123456-20261122-231703-1795389423.12.wav`, and every longer id of which it
    /// may be the end: Asterisk puts the system's name and a hyphen before it.
    static func uniqueids(in text: String) -> [String] {
        guard let dot = text.indices.first(where: { isUniqueid(text, at: $0) }) else { return [] }
        let end = text[text.index(after: dot)...].prefix { $0.isASCIIDigit }.endIndex
        var start = text[..<dot].lastIndex { !$0.isASCIIDigit }.map(text.index(after:)) ?? text.startIndex
        var ids = [String(text[start..<end])]
        while start > text.startIndex {
            start = text[..<text.index(before: start)].lastIndex(of: "-").map(text.index(after:)) ?? text.startIndex
            ids.append(String(text[start..<end]))
        }
        return ids
    }

    /// Whether this is the dot of a uniqueid: after seconds since 1970, before a digit.
    private static func isUniqueid(_ text: String, at dot: String.Index) -> Bool {
        guard text[dot] == ".", text[text.index(after: dot)...].first?.isASCIIDigit == true else { return false }
        return (9...10).contains(text[..<dot].reversed().prefix { $0.isASCIIDigit }.count)
    }
}
