import Base
import Switchboard
import TestSupport
import Testing

@testable import Serve
@testable import Services

/// Which ringing calls an agent's own screen shows.
@Suite struct PopsTests {
    private func call(_ kind: CallNotice.Kind, _ pop: String, _ agent: CallAgent, pbx: String = "main") -> LiveCall {
        var notice = CallNotice(kind, id: pop, at: 100, call: CallFacts(linkedid: "c", startedAt: 99))
        (notice.pop, notice.agent) = (pop, agent)
        return LiveCall(pbx: pbx, notice: notice)
    }

    private let ann = CallAgent(name: "Ann", extension: "101")
    private let bob = CallAgent(name: nil, extension: "102")

    @Test func `a call is open until the pop with its name is closed`() {
        var pops = OpenPops()
        pops.take(call(.popOpen, "a", ann))
        pops.take(call(.popOpen, "b", bob))
        pops.take(call(.popOpen, "a", ann, pbx: "branch"))
        #expect(pops.all.count == 3)
        pops.take(call(.answered, "b", bob))
        pops.take(call(.popClose, "a", ann))
        #expect(pops.all.map { "\($0.pbx)/\($0.notice.pop ?? "")" } == ["branch/a", "main/b"])
    }

    @Test(arguments: [("ann", 1), ("ANN", 1), ("101", 1), ("102", 1), ("10", 0), ("Bob", 0), ("", 0)])
    func `one's own calls are those of the member or the extension with one's name`(name: String, count: Int) {
        let all = [call(.popOpen, "a", ann), call(.popOpen, "b", bob)]
        #expect(PopsAPI.pops(all, of: name).count == count)
    }
}
