import CallRecords
import Load
import Postgres

/// The CDRs of a run. Calls that begin with a batch are built while the next batch is loaded.
struct LegSource: RunSource {
    private let source: Plan.CDRSource
    private var loader: LegLoader
    /// Whether the visits were loaded before the legs.
    private var sawVisits = false
    /// Whether a batch had anything to load.
    private var hasBegun = false
    private var unlinked = UnlinkedLegs()

    init(
        _ source: Plan.CDRSource,
        plan: Plan,
        pbx: Int16,
        _ firstLoad: FirstLoad,
        _ connection: borrowing Connection
    ) throws {
        self.source = source
        loader = try LegLoader(
            connection,
            pbx: pbx,
            keysInMemory: max(Self.keysInMemory, plan.batchRows * 8),
            legsInMemory: plan.legsInMemory,
            firstLoad: firstLoad
        )
    }

    /// The legs of long calls are far behind those that began with them; each key that was forgotten by then costs a
    /// query. A dictionary of more than three quarters of a power of two takes twice the memory.
    private static let keysInMemory = 49_000

    var name: String { "cdr" }
    var tellsZone: Bool { true }
    var inputCount: Int { if case .files(let paths, _) = source { paths.count } else { 1 } }
    var paths: [String] { if case .files(let paths, _) = source { paths } else { [] } }

    mutating func begin(
        _ context: inout RunContext,
        maps: [FileMap],
        _ connection: borrowing Connection
    ) throws -> Reading<LegBatch> {
        sawVisits = context.queueNews != nil
        try context.calls.lookForVisits(connection)
        let reader = LegReader(
            plan: context.plan,
            now: context.now,
            window: context.decidedWindow,
            maps: maps
        )
        return { [source] handOver in try reader.read(source, handOver) }
    }

    mutating func load(
        _ delivery: Delivery<LegBatch>,
        _ context: inout RunContext,
        _ connection: borrowing Connection
    ) throws -> Counters {
        unlinked.note(delivery.batch)
        try context.prepare(for: delivery.batch.selection.count, isFirst: !hasBegun, connection)
        hasBegun = hasBegun || !delivery.batch.selection.isEmpty
        let loaded = try loader.load(delivery.batch, into: connection)
        try context.calls.build(
            loaded.fresh,
            in: delivery.batch,
            linkingVisits: !context.firstLoad.holds(.visits),
            &context.result,
            connection
        )
        return loaded.counters
    }

    mutating func finish(
        _ counters: Counters,
        _ context: inout RunContext,
        _ connection: borrowing Connection
    ) throws {
        try context.calls.finish(&context.result, connection)
        // From here on, the legs of a call or of a time are looked up.
        try context.firstLoad.buildIndexes(of: [.legs, .calls], connection)
        // A table that does not exist, or cannot be reached, was not read.
        if case .table(let name, _, _, _) = source, counters.read == 0, context.failures.contains(name) {
            context.result.cdr = nil
        } else {
            context.result.cdr = counters
        }
        try context.calls.merge(loader.mergedCalls, isBuilt: loader.isOwn, &context.result, connection)
        context.touched = TouchedCalls(ids: loader.touchedCalls, sawVisits: sawVisits, isBuilt: loader.isOwn)
        try joinUnlinked(&context, connection)
    }

    /// Joins calls without a linkedid in the source, as far as the names of their channels allow.
    private func joinUnlinked(_ context: inout RunContext, _ connection: borrowing Connection) throws {
        guard let starts = unlinked.starts else { return }
        let parts = try context.calls.store.partsByName(of: starts, connection)
        try context.calls.merge(parts, isBuilt: loader.isOwn, &context.result, connection)
        for (part, whole) in parts {
            context.touched.ids.remove(part)
            context.touched.ids.insert(whole)
        }
        context.result.notice(unlinked.notice(joined: parts.count))
    }
}
