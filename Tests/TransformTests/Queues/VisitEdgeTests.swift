import Base
import CallRecords
import Testing
import TestSupport
import Transform

@Suite struct VisitEdgeTests {
    /// The caller entered at 100 s and gave up at 110 s; another ABANDON at 120 s says how long that caller waited.
    @Test(arguments: [(21, 1), (20, 1), (19, 1), (18, 2), (22, 2)])
    func `a wait that is a second off belongs to the visit, two seconds off to another`(wait: Int, visits: Int) {
        let events = [
            QueueEvent(at: 100, kind: .enterQueue, queue: "support", agent: nil, data: [nil, "101", "1", nil, nil]),
            QueueEvent(at: 110, kind: .abandon, queue: "support", agent: nil, data: ["1", "1", "10", nil, nil]),
            QueueEvent(at: 120, kind: .abandon, queue: "support", agent: nil, data: ["1", "1", "\(wait)", nil, nil]),
        ]
        #expect(VisitMachine.visits(of: events, restarts: []).count == visits)
    }
}
