import Base
import Postgres
import Warehouse

/// A request that can be narrowed by PBX, queue or agent.
protocol NarrowedByNames {
    var pbx: String? { get set }
    var queue: String? { get set }
    var agent: String? { get set }
}

extension ReportsRequest: NarrowedByNames {}
extension CallsRequest: NarrowedByNames {}

extension NarrowedByNames {
    /// The request with its PBX, queue and agent spelled as in the warehouse.
    ///
    /// - Throws: ``ServiceError`` with category `usage` for a name that the warehouse does not know, with suggestions;
    ///   `PostgresError`.
    func withKnownNames(_ connection: borrowing Connection) throws -> Self {
        let names = try NameFilter(pbx: pbx, queue: queue, agent: agent).spelled(connection)
        var request = self
        (request.pbx, request.queue, request.agent) = (names.pbx, names.queue, names.agent)
        return request
    }
}

/// Narrows reports and lists of calls to these names.
struct NameFilter {
    var pbx: String?
    var queue: String?
    var agent: String?

    /// The names as spelled in the warehouse.
    ///
    /// - Throws: ``ServiceError`` with category `usage` for a name that the warehouse does not know, with suggestions;
    ///   `PostgresError`.
    func spelled(_ connection: borrowing Connection) throws -> NameFilter {
        guard pbx ?? queue ?? agent != nil else { return self }
        var request = self
        // The names are first looked up as written: listing all names takes longer.
        var known = try Self.known(pbx: pbx, queue: queue, agent: agent, connection)
        if known.all { return request }
        let names = try KnownNames(connection)
        if let pbx, !known.pbx {
            request.pbx = try names.spelling("pbx", pbx)
            known = try Self.known(pbx: request.pbx, queue: queue, agent: agent, connection)
        }
        if let queue, !known.queue {
            request.queue = try names.spelling("queue", queue)
            try Self.check(
                try Self.known(pbx: request.pbx, queue: request.queue, agent: nil, connection).queue,
                "queue",
                queue,
                request
            )
        }
        if let agent, !known.agent {
            request.agent = try names.spelling("agent", agent)
            try Self.check(
                try Self.known(pbx: request.pbx, queue: nil, agent: request.agent, connection).agent,
                "agent",
                agent,
                request
            )
        }
        return request
    }

    /// A name that is known, but not on the requested PBX.
    private static func check(
        _ isKnown: Bool,
        _ kind: String,
        _ name: String,
        _ request: NameFilter
    ) throws(ServiceError) {
        guard !isKnown, let pbx = request.pbx else { return }
        throw ServiceError(
            .usage,
            "Unknown \(kind) \(name) on the PBX \(pbx). Another PBX has it; leave --pbx out to see where."
        )
    }

    private static func known(
        pbx: String?,
        queue: String?,
        agent: String?,
        _ connection: borrowing Connection
    ) throws -> (pbx: Bool, queue: Bool, agent: Bool, all: Bool) {
        let parameters: [Parameter] = [.text(pbx), .text(queue), .text(agent)]
        let found = try connection.query(SQLFiles.Calls.known, parameters).first { row throws(PostgresError) in
            (pbx: try row.bool(0), queue: try row.bool(1), agent: try row.bool(2))
        }
        let (isPBX, isQueue, isAgent) = found.map { ($0.pbx, $0.queue, $0.agent) } ?? (false, false, false)
        return (isPBX, isQueue, isAgent, isPBX && isQueue && isAgent)
    }
}
