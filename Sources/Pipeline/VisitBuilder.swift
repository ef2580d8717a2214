import Base
import CallRecords
import Load
import Postgres
import Transform

/// Makes visits of the events of calls that a run has touched, and writes them.
///
/// The events are read back from the warehouse although some of them have just been written: a call's visits are always
/// made of all its events, so that the order in which files are loaded does not matter. They are made on a lane of their
/// own, while the warehouse reads and writes those of other calls.
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

    /// Makes the visits of all touched calls anew.
    ///
    /// - Parameter newRestarts: the first and the last start of the PBX that the run brought: they end visits that were open.
    mutating func build(newRestarts: ClosedRange<Moment>?, _ connection: borrowing Connection) throws {
        if let newRestarts { try store.touchVisits(openAt: newRestarts, connection) }
        // What an earlier run joined is taken apart first.
        _ = try store.touchSplitVisits(connection)
        let lane = Lane<[CallEvents], [CallVisits]> { [numbers, restarts] in
            let maker = VisitMaker(numbers: numbers, restarts: restarts)
            return { calls in calls.map(maker.visits) }
        }
        while case let calls = try store.nextCalls(connection), !calls.isEmpty {
            if let made = try lane.send(calls) { try store.replace(made, source: .queueLog, connection) }
        }
        if let made = try lane.finish() { try store.replace(made, source: .queueLog, connection) }
        try joinSplitVisits(connection)
    }

    /// Joins what attended transfers into queues split: all at once, since any part may belong to any.
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

/// The visits of one call after the other. For one thread: what a normaliser remembers is not for two.
private struct VisitMaker {
    private let numbers: NumberNormaliser
    private let restarts: [Moment]

    init(numbers: NumberPlan, restarts: [Moment]) {
        self.numbers = NumberNormaliser(plan: numbers)
        self.restarts = restarts
    }

    func visits(of call: CallEvents) -> CallVisits {
        var visits = VisitMachine.visits(of: call.events, restarts: restarts)
        identifyCallers(&visits)
        return CallVisits(callid: call.callid, visits: visits)
    }

    func identifyCallers(_ visits: inout [QueueVisit]) {
        for index in visits.indices { visits[index].identifyCaller(by: numbers) }
    }
}
