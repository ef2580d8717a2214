import Base
import CallRecords
import Pipeline
import Postgres
import Transform
import Warehouse

/// What `sql/calls/find.sql` is asked for: a request whose numbers and names are understood.
struct CallFilter {
    private var request: CallsRequest
    private var ids: [Int64]?
    private var numbers: [String]?
    private var digits: String?
    private var agents: [String]?
    private var extensions: [String] = []
    private var window = TimeWindow.all

    /// Numbers are read as a caller's, then as dialled; what is no whole number is looked for as digits.
    init(
        _ request: CallsRequest,
        numbers normaliser: NumberNormaliser,
        zone: ZoneTable,
        now: Moment,
        _ connection: borrowing Connection
    ) throws {
        self.request = request
        window = request.window?.window(in: zone, now: now) ?? .all
        if let number = request.number {
            let readings = [normaliser.party(number, as: .caller), normaliser.party(number, as: .dialled)]
            let phones = readings.compactMap { $0.phoneNumber?.description }
            if phones.isEmpty { digits = Self.digits(number) } else { numbers = phones }
        }
        if request.agent != nil {
            let found = try Self.agents(request, connection)
            (agents, extensions) = (found.names, found.extensions)
        }
        if let recording = request.recording {
            // A recording's name mostly holds the uniqueid, which has an index.
            let ids = try Self.uniqueids(in: recording).flatMap { try Self.callIDs($0, pbx: request.pbx, connection) }
            if !ids.isEmpty { self.ids = ids }
        }
    }

    private init(ids: [Int64]) {
        request = CallsRequest()
        request.limit = max(1, ids.count)
        self.ids = ids
    }

    /// The same with a number's last digits, for a number of ours or one that was written otherwise.
    var byLastDigits: CallFilter? {
        guard numbers != nil, let number = request.number else { return nil }
        var filter = self
        (filter.numbers, filter.digits) = (nil, String(Self.digits(number).suffix(Self.comparedDigits)))
        return filter
    }

    private static let comparedDigits = 10

    /// The calls; one more than the limit where there are more.
    func calls(_ connection: borrowing Connection) throws(PostgresError) -> [CallSummary] {
        let contact = request.contact.map { $0.split(separator: ":", maxSplits: 1).map(String.init) } ?? []
        let kind: String? = contact.count == 2 ? contact[0] : nil
        let parameters: [Parameter] = [
            ids.map(Parameter.int64Array) ?? .null,
            .text(request.pbx),
            numbers.map(Parameter.textArray) ?? .null,
            .text(digits),
            .text(kind),
            .text(contact.last),
            agents.map(Parameter.textArray) ?? .null,
            .textArray(extensions),
            .text(request.queue),
            .text(request.direction?.rawValue),
            .text(request.disposition?.rawValue),
            .text(request.recording),
            .moment(window.from),
            .moment(window.to),
            .int64(Int64(min(max(0, request.limit), 1_000_000) + 1)),
        ]
        return try connection.query(SQLFiles.Calls.find, parameters)
            .map { row throws(PostgresError) in try CallSummary(row) }
    }

    /// The calls that an id leads to: a uniqueid, a linkedid, or a recording's name that holds one.
    static func calls(ofID id: String, pbx: String?, _ connection: borrowing Connection) throws -> [CallSummary] {
        var ids = try callIDs(id, pbx: pbx, connection)
        for part in uniqueids(in: id) where ids.isEmpty { ids = try callIDs(part, pbx: pbx, connection) }
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

    private static func callIDs(
        _ id: String,
        pbx: String?,
        _ connection: borrowing Connection
    ) throws(PostgresError) -> [Int64] {
        try connection.query(SQLFiles.Calls.byId, [.text(id), .text(pbx)])
            .map { row throws(PostgresError) in try row.int64(0) }
    }

    /// `1795389423.12` in `external-101-4930123456-20261122-231703-1795389423.12.wav`.
    static func uniqueids(in text: String) -> [String] {
        text.split { $0 != "." && !$0.isASCIIDigit }.compactMap { part in
            let numbers = part.split(separator: ".")
            guard numbers.count >= 2, (9...10).contains(numbers[0].count) else { return nil }
            return numbers[0] + "." + numbers[1]
        }.map(String.init)
    }

    private static func digits(_ text: String) -> String { text.filter(\.isASCIIDigit) }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
