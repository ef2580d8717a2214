import Base
import CallRecords
import Load
import Postgres

/// What new queue events change besides visits.
struct QueueNews {
    /// Agents with new session events, under the names in the log.
    var agents: Set<String> = []
    /// The PBX was restarted, which ends all sessions.
    var hasRestart = false
}

/// The queue events of a run, and the visits made of them.
struct QueueEventSource: RunSource {
    private let source: Plan.QueueSource
    private var loader: QueueEventLoader
    /// Whether a batch had anything to load.
    private var hasBegun = false

    init(_ source: Plan.QueueSource, plan: Plan, pbx: Int16, _ connection: borrowing Connection) throws {
        self.source = source
        loader = try QueueEventLoader(connection, pbx: pbx, source: plan.queueEvents)
    }

    var name: String { "queue_log" }
    var tellsZone: Bool { false }
    var inputCount: Int { if case .files(let paths, _) = source { paths.count } else { 1 } }
    var paths: [String] { if case .files(let paths, _) = source { paths } else { [] } }

    mutating func begin(
        _ context: inout RunContext,
        maps: [FileMap],
        _ connection: borrowing Connection
    ) throws -> Reading<QueueEvents> {
        let reader = QueueEventReader(
            plan: context.plan,
            now: context.now,
            window: context.decidedWindow,
            maps: maps
        )
        return { [source] handOver in try reader.read(source, handOver) }
    }

    mutating func load(
        _ delivery: Delivery<QueueEvents>,
        _ context: inout RunContext,
        _ connection: borrowing Connection
    ) throws -> Counters {
        if delivery.isFirst { loader.beginPiece() }
        try context.prepare(for: delivery.batch.selection.count, isFirst: !hasBegun, connection)
        hasBegun = hasBegun || !delivery.batch.selection.isEmpty
        return try loader.load(delivery.batch, into: connection)
    }

    mutating func finish(
        _ counters: Counters,
        _ context: inout RunContext,
        _ connection: borrowing Connection
    ) throws {
        if case .table(let name, _, _, _) = source, counters.read == 0, context.failures.contains(name) {
            context.result.queueLog = nil
        } else {
            context.result.queueLog = counters
        }
        var visits = try VisitBuilder(pbx: context.pbx, numbers: context.plan.numbers, connection)
        try context.firstLoad.buildIndexes(of: [.events], connection)
        try visits.build(newRestarts: loader.restarts, context.firstLoad, connection)
        context.queueNews = QueueNews(agents: loader.touchedAgents, hasRestart: loader.restarts != nil)
    }
}
