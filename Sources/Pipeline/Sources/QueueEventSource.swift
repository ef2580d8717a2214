import Base
import Base
import CallRecords
import Load
import Postgres

/// What new queue events change besides visits.
struct QueueNews {
    /// Agents with new session events, under the names in the log, and when the first of these happened.
    var agents: [String: Moment] = [:]
    /// The first new restart of the PBX: it ends all sessions.
    var restart: Moment?
}

/// The queue events of a run, and the visits made of them.
struct QueueEventSource: RunSource {
    private let source: Plan.QueueSource
    private var loader: QueueEventLoader
    /// Builds the visits of a first load. Nil at its end means that there are no more events.
    private var settling: Lane<(events: QueueEvents, new: [Int])?, SettledVisits.Verdict>?
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
        // Visits of an earlier load may change by any new event; those of a first load only by its own.
        let isFirst = context.firstLoad.holds(.events) && context.firstLoad.holds(.visits)
        let loaded = try loader.load(delivery.batch, touchingCalls: !isFirst, into: connection)
        if isFirst { try settle(delivery.batch, loaded.new, context, connection) }
        return loaded.counters
    }

    /// Builds visits on a separate lane while the next batch is loaded.
    private mutating func settle(
        _ events: QueueEvents,
        _ new: [Int],
        _ context: RunContext,
        _ connection: borrowing Connection
    ) throws {
        let lane =
            settling
            ?? Lane { [numbers = context.plan.numbers] in
                var visits = SettledVisits(numbers: numbers)
                return { input in input.map { visits.take($0.events, $0.new) } ?? visits.finish() }
            }
        settling = lane
        try write(lane.send((events, new)), context, connection)
    }

    private func write(
        _ verdict: SettledVisits.Verdict?,
        _ context: RunContext,
        _ connection: borrowing Connection
    ) throws {
        guard let verdict else { return }
        let store = VisitStore(pbx: context.pbx)
        try store.replace(verdict.settled, source: .queueLog, areFresh: true, connection)
        try loader.touch(Set(verdict.unsettled), connection)
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
        if let settling {
            try write(settling.send(nil), context, connection)
            try write(settling.finish(), context, connection)
        }
        try context.firstLoad.buildIndexes(of: [.events], connection)
        try visits.build(newRestarts: loader.restarts, context.firstLoad, connection)
        context.queueNews = QueueNews(agents: loader.touchedAgents, restart: loader.restarts?.lowerBound)
    }
}
