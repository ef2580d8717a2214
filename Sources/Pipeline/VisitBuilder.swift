import Base
import CallRecords
import Load
import Postgres
import Transform

/// Builds visits from the events of calls that a run has touched, and writes them.
///
/// The events are read back from the warehouse, although some of them were just written: a call's visits are always
/// built from all its events, so that the order in which files are loaded does not matter. They are built on a separate
/// lane while the warehouse reads and writes those of other calls.
struct VisitBuilder {
    private var store: VisitStore
    /// When the PBX was started, ascending.
    private let restarts: [Moment]
    private let numbers: NumberPlan

    init(pbx: Int16, numbers: NumberPlan, _ connection: borrowing Connection) throws {
        store = VisitStore(pbx: pbx)
        restarts = try store.restarts(connection)
        self.numbers = numbers
    }

    /// Rebuilds the visits of all touched calls.
    ///
    /// - Parameters:
    ///   - newRestarts: the first and the last restart of the PBX that this run found: they end open visits.
    ///   - firstLoad: the tables that were empty when the run began.
    ///   - connection: in the transaction of the run.
    mutating func build(
        newRestarts: ClosedRange<Moment>?,
        _ firstLoad: FirstLoad,
        _ connection: borrowing Connection
    ) throws {
        let isFirst = firstLoad.holds(.visits)
        if !isFirst {
            if let newRestarts { try store.touchVisits(openAt: newRestarts, connection) }
            // Visits that an earlier run joined are split first.
            _ = try store.touchSplitVisits(connection)
        }
        let lane = Lane<[CallEvents], [CallVisits]> { [numbers, restarts] in
            let maker = VisitMaker(numbers: numbers, restarts: restarts)
            return { calls in calls.map(maker.visits) }
        }
        var hasParts = !isFirst
        func write(_ made: [CallVisits]?) throws {
            guard let made else { return }
            hasParts = hasParts || made.contains { $0.visits.contains { $0.beginning != .logged } }
            try store.replace(made, source: .queueLog, connection)
        }
        while case let calls = try store.nextCalls(connection), !calls.isEmpty { try write(lane.send(calls)) }
        try write(lane.finish())
        guard hasParts else { return }
        // Parts of visits are found by the times at which the callers entered.
        try firstLoad.buildIndexes(of: [.visits], connection)
        try joinSplitVisits(connection)
    }

    /// Joins visits that were split by attended transfers into queues: all together, since any part may belong to any
    /// other.
    private func joinSplitVisits(_ connection: borrowing Connection) throws {
        let callids = try store.touchSplitVisits(connection)
        if callids.isEmpty { return }
        let maker = VisitMaker(numbers: numbers, restarts: restarts)
        var joined = try store.events(of: callids, connection).map(maker.visits)
        TransferredEntries.join(&joined)
        for call in joined.indices { maker.identifyCallers(&joined[call].visits) }
        try store.replace(joined, source: .queueLog, connection)
    }
}
