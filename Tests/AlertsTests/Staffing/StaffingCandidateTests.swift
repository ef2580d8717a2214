import Testing

@testable import Alerts

@Suite struct StaffingCandidateTests {
    private typealias Candidate = StaffingRule.Candidate

    @Test func `a member is an interface, the interface whose state counts, and a name`() {
        #expect(Candidate("PJSIP/103") == Candidate("PJSIP/103", stateInterface: nil, name: nil))
        #expect(Candidate("PJSIP/103  Erik von Ä") == Candidate("PJSIP/103", name: "Erik von Ä"))
        let local = Candidate("Local/104@from-queue/n=hint:104@ext-local Wera")
        #expect(local == Candidate("Local/104@from-queue/n", stateInterface: "hint:104@ext-local", name: "Wera"))
        #expect(local?.device == "hint:104@ext-local")
    }

    @Test(arguments: [
        "", " ", "103", "PJSIP/103=", "PJSIP/1=a=b", "PJSIP/103)", "Local/${X}@y", "PJSIP/1,x", "PJSIP/1;x",
        "PJSIP/103 Erik\r\nAction: Logoff",
    ])
    func `anything else is not a member`(_ text: String) {
        #expect(Candidate(text) == nil)
    }
}
