import Base
import CallRecords
import Transform

/// The visits of one call after another. For one thread: the cache of a normaliser must not be shared by two.
struct VisitMaker {
    private let numbers: NumberNormaliser
    /// When the PBX was started, ascending.
    var restarts: [Moment]

    /// - Parameters:
    ///   - numbers: how the PBX writes numbers.
    ///   - restarts: when it was started, ascending.
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
