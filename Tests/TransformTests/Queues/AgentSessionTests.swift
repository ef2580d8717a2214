import Base
import CallRecords
import Testing
import TestSupport

@testable import Transform

/// A log of one agent, and the resulting sessions: `kind queue started ended reason ended-by`, `*` for all queues.
struct SessionCase: Sendable, CustomTestStringConvertible {
    var name: String
    var log: String
    var sessions: String
    var testDescription: String { name }
}

@Suite struct AgentSessionTests {
    static let cases = [
        SessionCase(
            name: "A day: in, a break, out",
            log: """
                100|MANAGER|a|PJSIP/101|ADDMEMBER|
                200|NONE   |a|Alice    |PAUSE|lunch
                260|NONE   |a|Alice    |UNPAUSE|
                900|MANAGER|a|PJSIP/101|REMOVEMEMBER|
                """,
            sessions: """
                membership a 100 900 -     REMOVEMEMBER
                pause      a 200 260 lunch UNPAUSE
                """
        ),
        SessionCase(
            name: "PAUSEALL beside a PAUSE for every queue",
            log: """
                100|x|a   |Alice|ADDMEMBER|
                100|x|b   |Alice|ADDMEMBER|
                200|x|a   |Alice|PAUSE|tea
                200|x|b   |Alice|PAUSE|tea
                200|x|NONE|Alice|PAUSEALL|tea
                260|x|a   |Alice|UNPAUSE|
                260|x|b   |Alice|UNPAUSE|
                260|x|NONE|Alice|UNPAUSEALL|
                """,
            sessions: """
                membership a 100 -   -   -
                membership b 100 -   -   -
                pause      * 200 260 tea UNPAUSEALL
                pause      a 200 260 tea UNPAUSEALL
                pause      b 200 260 tea UNPAUSEALL
                """
        ),
        SessionCase(
            name: "Another reason in all queues, in the second in which the first pause ends",
            log: """
                100|x|a   |Alice|ADDMEMBER|
                200|x|a   |Alice|PAUSE|tea
                200|x|NONE|Alice|PAUSEALL|tea
                260|x|a   |Alice|UNPAUSE|
                260|x|NONE|Alice|UNPAUSEALL|
                260|x|a   |Alice|PAUSE|lunch
                260|x|NONE|Alice|PAUSEALL|lunch
                300|x|a   |Alice|UNPAUSE|
                300|x|NONE|Alice|UNPAUSEALL|
                """,
            sessions: """
                membership a 100 -   -     -
                pause      * 200 260 tea   UNPAUSEALL
                pause      a 200 260 tea   UNPAUSEALL
                pause      * 260 300 lunch UNPAUSEALL
                pause      a 260 300 lunch UNPAUSEALL
                """
        ),
        SessionCase(
            name: "UNPAUSEALL alone ends all pauses",
            log: """
                200|x|a   |Alice|PAUSE|tea
                200|x|NONE|Alice|PAUSEALL|tea
                260|x|NONE|Alice|UNPAUSEALL|
                """,
            sessions: """
                pause * 200 260 tea UNPAUSEALL
                pause a 200 260 tea UNPAUSEALL
                """
        ),
        SessionCase(
            name: "Added paused: no PAUSE event",
            log: """
                100|x|a|Alice|ADDMEMBER|PAUSED
                160|x|a|Alice|UNPAUSE|
                """,
            sessions: """
                membership a 100 -   - -
                pause      a 100 160 - UNPAUSE
                """
        ),
        SessionCase(
            name: "Another reason is another pause; the same again is not",
            log: """
                100|x|a|Alice|PAUSE|tea
                120|x|a|Alice|PAUSE|tea
                150|x|a|Alice|PAUSE|mail
                180|x|a|Alice|UNPAUSE|
                """,
            sessions: """
                pause a 100 150 tea  PAUSE
                pause a 150 180 mail UNPAUSE
                """
        ),
        SessionCase(
            name: "Added twice, removed twice",
            log: """
                100|x|a|Alice|ADDMEMBER|
                110|x|a|Alice|ADDMEMBER|
                200|x|a|Alice|REMOVEMEMBER|
                210|x|a|Alice|REMOVEMEMBER|
                """,
            sessions: "membership a 100 200 - REMOVEMEMBER"
        ),
        SessionCase(
            name: "Out and in within a second",
            log: """
                100|x|a|Alice|ADDMEMBER|
                200|x|a|Alice|REMOVEMEMBER|
                200|x|a|Alice|ADDMEMBER|
                300|x|a|Alice|REMOVEMEMBER|
                """,
            sessions: """
                membership a 100 200 - REMOVEMEMBER
                membership a 200 300 - REMOVEMEMBER
                """
        ),
        SessionCase(
            name: "Going home paused",
            log: """
                100|x|a|Alice|ADDMEMBER|
                200|x|a|Alice|PAUSE|done
                210|x|a|Alice|REMOVEMEMBER|
                300|x|a|Alice|ADDMEMBER|
                """,
            sessions: """
                membership a 100 210 -    REMOVEMEMBER
                pause      a 200 210 done REMOVEMEMBER
                membership a 300 -   -    -
                """
        ),
        SessionCase(
            name: "The PBX restarts: everything ends; what follows is new",
            log: """
                100|x   |a   |Alice|ADDMEMBER|
                150|x   |a   |Alice|PAUSE|tea
                200|NONE|NONE|NONE |QUEUESTART|
                220|x   |a   |Alice|ADDMEMBER|
                """,
            sessions: """
                membership a 100 200 -   QUEUESTART
                pause      a 150 200 tea QUEUESTART
                membership a 220 -   -   -
                """
        ),
        SessionCase(
            name: "Agents who log in by themselves",
            log: """
                100|x|NONE|Agent/1001|AGENTLOGIN |SIP/101-1
                400|x|NONE|Agent/1001|AGENTLOGOFF|SIP/101-1|300
                500|x|NONE|Agent/1001|AGENTCALLBACKLOGIN |101@from-internal
                900|x|NONE|Agent/1001|AGENTCALLBACKLOGOFF|101@from-internal|400|CommandLogoff
                """,
            sessions: """
                login * 100 400 - AGENTLOGOFF
                login * 500 900 - AGENTCALLBACKLOGOFF
                """
        ),
        SessionCase(
            name: "Logged in before the log begins: the length shows since when",
            log: "400|x|NONE|Agent/1001|AGENTLOGOFF|SIP/101-1|300",
            sessions: "login * 100 400 - AGENTLOGOFF"
        ),
        SessionCase(
            name: "Lengths that overlap known sessions, and an invalid one",
            log: """
                100|x|NONE|Agent/1001|AGENTLOGIN |SIP/101-1
                400|x|NONE|Agent/1001|AGENTLOGOFF|SIP/101-1|300
                500|x|NONE|Agent/1001|AGENTLOGOFF|SIP/101-1|400
                600|x|NONE|Agent/1001|AGENTLOGOFF|SIP/101-1|99999999999
                """,
            sessions: """
                login * 100 400 - AGENTLOGOFF
                login * 400 500 - AGENTLOGOFF
                """
        ),
        SessionCase(
            name: "A static member has pauses and no membership",
            log: """
                100|x|a|Alice|PAUSE|tea
                130|x|a|Alice|UNPAUSE|
                """,
            sessions: "pause a 100 130 tea UNPAUSE"
        ),
        SessionCase(
            name: "Ends without a beginning in the log mean nothing",
            log: """
                100|x|a|Alice|UNPAUSE|
                110|x|a|Alice|REMOVEMEMBER|
                """,
            sessions: ""
        ),
    ]

    static func rows(_ events: [QueueEvent]) -> String {
        SessionMachine.sessions(of: events).map { session in
            let queue = session.queue.isEmpty ? "*" : session.queue
            let end = session.endedAt.map { "\($0.wholeSeconds)" } ?? "-"
            return
                "\(session.kind) \(queue) \(session.startedAt.wholeSeconds) \(end) \(session.reason ?? "-") \(session.endedBy?.rawValue ?? "-")"
        }.joined(separator: "\n")
    }

    @Test(arguments: cases) func sessions(_ example: SessionCase) {
        #expect(Self.rows(VisitTable.events(example.log)) == VisitTable.squeezed(example.sessions))
    }

    @Test("Every order of the events of a second gives the same", arguments: cases)
    func orders(_ example: SessionCase) {
        let expected = VisitTable.squeezed(example.sessions)
        for order in QueueVisitTests.orders(within: VisitTable.events(example.log)) {
            #expect(Self.rows(order) == expected)
        }
    }
}
