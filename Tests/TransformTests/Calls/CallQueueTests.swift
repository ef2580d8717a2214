import CallRecords
import Testing
import TestSupport

@testable import Transform

/// Queue calls: many legs, one call; the queue_log says more than the legs if it is available.
@Suite struct CallQueueTests {
    static let columns =
        "direction | customer | ext | agent | queue | visits | disposition | ring | wait | talk | moved | legs\n"

    /// Ten phones in turn, each rung for five seconds; the tenth answers.
    static let inTurn = """
        channel      | dstchannel  | src         | dst | dcontext   | lastapp | lastdata        | start    | answer   | end
        PJSIP/line-0 | PJSIP/101-1 | 79161234567 | 400 | ext-queues | Queue   | support,t,,,300 | 13:11:18 | -        | 13:11:23
        PJSIP/line-0 | PJSIP/102-2 | 79161234567 | 400 | ext-queues | Queue   | support,t,,,300 | 13:11:23 | -        | 13:11:28
        PJSIP/line-0 | PJSIP/103-3 | 79161234567 | 400 | ext-queues | Queue   | support,t,,,300 | 13:11:28 | -        | 13:11:33
        PJSIP/line-0 | PJSIP/104-4 | 79161234567 | 400 | ext-queues | Queue   | support,t,,,300 | 13:11:33 | -        | 13:11:38
        PJSIP/line-0 | PJSIP/105-5 | 79161234567 | 400 | ext-queues | Queue   | support,t,,,300 | 13:11:38 | -        | 13:11:43
        PJSIP/line-0 | PJSIP/106-6 | 79161234567 | 400 | ext-queues | Queue   | support,t,,,300 | 13:11:43 | -        | 13:11:48
        PJSIP/line-0 | PJSIP/107-7 | 79161234567 | 400 | ext-queues | Queue   | support,t,,,300 | 13:11:48 | -        | 13:11:53
        PJSIP/line-0 | PJSIP/108-8 | 79161234567 | 400 | ext-queues | Queue   | support,t,,,300 | 13:11:53 | -        | 13:11:58
        PJSIP/line-0 | PJSIP/109-9 | 79161234567 | 400 | ext-queues | Queue   | support,t,,,300 | 13:11:58 | -        | 13:12:03
        PJSIP/line-0 | PJSIP/110-a | 79161234567 | 400 | ext-queues | Queue   | support,t,,,300 | 13:12:03 | 13:12:08 | 13:14:08
        """

    /// Four phones at once, all legs as long as the call; the third answers.
    static let ringAll = """
        channel      | dstchannel  | src         | dst | dcontext   | lastapp | lastdata        | start    | answer   | end
        PJSIP/line-0 | PJSIP/101-1 | 79161234567 | 400 | ext-queues | Queue   | support,t,,,300 | 13:11:18 | -        | 13:11:33
        PJSIP/line-0 | PJSIP/102-2 | 79161234567 | 400 | ext-queues | Queue   | support,t,,,300 | 13:11:18 | -        | 13:11:33
        PJSIP/line-0 | PJSIP/103-3 | 79161234567 | 400 | ext-queues | Queue   | support,t,,,300 | 13:11:18 | 13:11:33 | 13:12:33
        PJSIP/line-0 | PJSIP/104-4 | 79161234567 | 400 | ext-queues | Queue   | support,t,,,300 | 13:11:18 | -        | 13:11:33
        """

    static let scenarios = [
        CallScenario(
            name: "Ten attempts in turn, CDRs alone",
            legs: inTurn,
            expected: columns
                + "inbound | 79161234567 | 110 | - | support | 1 | answered | - | 50 | 120 | 0 | 10"
        ),
        CallScenario(
            name: "Ten attempts in turn, with the queue_log",
            legs: inTurn,
            queueLog: """
                13:11:18|.2|support|NONE |ENTERQUEUE   ||79161234567|1
                13:12:08|.2|support|Judy |CONNECT      |50|x.11|4
                13:14:08|.2|support|Judy |COMPLETEAGENT|50|119|1
                """,
            // The queue's own figures: 119 s of talk, not the leg's 120.
            expected: columns
                + "inbound | 79161234567 | 110 | Judy | support | 1 | answered | 4 | 50 | 119 | 0 | 10"
        ),
        CallScenario(
            name: "Ring-all, CDRs alone",
            legs: ringAll,
            expected: columns + "inbound | 79161234567 | 103 | - | support | 1 | answered | - | 15 | 60 | 0 | 4"
        ),
        CallScenario(
            name: "The PBX answered before the queue; nobody picked up",
            legs: """
                channel      | dstchannel  | src         | dst | dcontext   | lastapp | lastdata  | start    | answer   | end      | disposition
                PJSIP/line-0 | PJSIP/101-1 | 79161234567 | 400 | ext-queues | Queue   | support,t | 13:11:18 | 13:11:18 | 13:11:38 | NO ANSWER
                PJSIP/line-0 | PJSIP/102-2 | 79161234567 | 400 | ext-queues | Queue   | support,t | 13:11:38 | 13:11:38 | 13:11:58 | NO ANSWER
                """,
            expected: columns + "inbound | 79161234567 | 102 | - | support | 1 | no_answer | - | 40 | 0 | 0 | 2"
        ),
        CallScenario(
            name: "Nobody was even tried: answered by the PBX, waiting in the queue, gone",
            legs: """
                channel      | dstchannel | src         | dst | dcontext   | lastapp | lastdata  | start    | answer   | end
                PJSIP/line-0 | -          | 79161234567 | 400 | ext-queues | Queue   | support,t | 13:11:18 | 13:11:18 | 13:11:38
                """,
            // ANSWERED means that the PBX answered. If nobody in the queue spoke to the caller, the call is lost.
            expected: columns + "inbound | 79161234567 | - | - | support | 1 | no_answer | - | 20 | 0 | 0 | 1"
        ),
        CallScenario(
            name: "Abandoned, says the queue_log; the leg says ANSWERED",
            legs: """
                channel      | dstchannel           | src         | dst | dcontext   | lastapp | lastdata  | start    | answer   | end
                PJSIP/line-0 | Local/101@agents-1;1 | 79161234567 | 400 | ext-queues | Queue   | support,t | 13:11:18 | 13:11:18 | 13:11:38
                """,
            queueLog: """
                13:11:18|.2|support|NONE|ENTERQUEUE||79161234567|1
                13:11:38|.2|support|NONE|ABANDON|1|1|20
                """,
            expected: columns + "inbound | 79161234567 | 101 | - | support | 1 | no_answer | - | 20 | 0 | 0 | 1"
        ),
        CallScenario(
            name: "The queue_log breaks off after ENTERQUEUE; the leg knows the end",
            legs: ringAll,
            queueLog: "13:11:18|.2|support|NONE|ENTERQUEUE||79161234567|1",
            expected: columns + "inbound | 79161234567 | 103 | - | support | 1 | answered | - | 15 | 60 | 0 | 4"
        ),
        CallScenario(
            name: "FreePBX: members are Local channels, the phone has a leg of its own",
            legs: """
                uniqueid | channel                        | dstchannel                     | src         | dst | dcontext    | lastapp | lastdata  | start    | answer   | end
                .2       | PJSIP/trunk-0                  | Local/101@from-queue-00000007;1 | 79161234567 | 400 | ext-queues  | Queue   | 400,t,,   | 13:11:18 | -        | 13:11:33
                .4       | Local/101@from-queue-00000007;2 | PJSIP/101-1                    | 79161234567 | 101 | from-queue  | Dial    | PJSIP/101 | 13:11:18 | -        | 13:11:33
                .2       | PJSIP/trunk-0                  | Local/102@from-queue-00000008;1 | 79161234567 | 400 | ext-queues  | Queue   | 400,t,,   | 13:11:33 | 13:11:40 | 13:12:40
                .6       | Local/102@from-queue-00000008;2 | PJSIP/102-2                    | 79161234567 | 102 | from-queue  | Dial    | PJSIP/102 | 13:11:33 | 13:11:40 | 13:12:40
                """,
            // The phone's leg rang for seven seconds.
            expected: columns + "inbound | 79161234567 | 102 | - | 400 | 1 | answered | 7 | 22 | 60 | 0 | 4"
        ),
        CallScenario(
            name: "FreePBX: the agent hands the caller on behind the Local channel, unseen by the queue",
            legs: """
                uniqueid | channel                         | dstchannel                      | src         | dst | dcontext           | lastapp | lastdata  | start    | answer   | end
                .2       | PJSIP/trunk-0                   | Local/102@from-queue-00000008;1 | 79161234567 | 400 | ext-queues         | Queue   | 400,t,,   | 13:11:33 | 13:11:40 | 13:12:40
                .6       | Local/102@from-queue-00000008;2 | PJSIP/102-2                     | 79161234567 | 102 | from-queue         | Dial    | PJSIP/102 | 13:11:33 | 13:11:40 | 13:12:00
                .6       | Local/102@from-queue-00000008;2 | PJSIP/105-3                     | 79161234567 | 105 | from-internal-xfer | Dial    | PJSIP/105 | 13:12:00 | 13:12:10 | 13:12:40
                """,
            queueLog: """
                13:11:33|.2|400|NONE|ENTERQUEUE||79161234567|1
                13:11:40|.2|400|Bob |CONNECT|7|x.5|7
                13:12:40|.2|400|Bob |COMPLETECALLER|7|60|1
                """,
            expected: columns + "inbound | 79161234567 | 102 | Bob | 400 | 1 | answered | 7 | 7 | 60 | 1 | 3"
        ),
        CallScenario(
            name: "A Local channel that optimises itself away is the same agent",
            legs: """
                uniqueid | channel                | dstchannel             | src         | dst | dcontext   | lastapp | lastdata  | start    | answer   | end
                .2       | PJSIP/trunk-0          | Local/101@agents-00000008;1 | 79161234567 | 400 | ext-queues | Queue   | 400,t,,   | 13:11:18 | 13:11:25 | 13:11:26
                .4       | Local/101@agents-00000008;2 | PJSIP/101-2       | 79161234567 | 101 | agents     | Dial    | PJSIP/101 | 13:11:18 | 13:11:25 | 13:11:26
                .2       | PJSIP/trunk-0          | PJSIP/101-2            | 79161234567 | 400 | ext-queues | Queue   | 400,t,,   | 13:11:26 | 13:11:26 | 13:12:25
                """,
            expected: columns + "inbound | 79161234567 | 101 | - | 400 | 1 | answered | 7 | 7 | 60 | 0 | 3"
        ),
        CallScenario(
            name: "From one queue into another by the agent's blind transfer",
            legs: """
                channel      | dstchannel  | src         | dst | dcontext   | lastapp | lastdata  | start    | answer   | end
                PJSIP/line-0 | PJSIP/101-1 | 79161234567 | 400 | ext-queues | Queue   | support,t | 13:11:18 | 13:11:28 | 13:11:48
                PJSIP/line-0 | PJSIP/102-2 | 79161234567 | 401 | ext-queues | Queue   | sales,t   | 13:11:48 | 13:11:58 | 13:12:58
                """,
            queueLog: """
                13:11:18|.2|support|NONE |ENTERQUEUE   ||79161234567|1
                13:11:28|.2|support|Alice|CONNECT      |10|x.3|9
                13:11:48|.2|support|Alice|BLINDTRANSFER|401|ext-queues|10|20|1
                13:11:48|.2|sales  |NONE |ENTERQUEUE   ||79161234567|1
                13:11:58|.2|sales  |Bob  |CONNECT      |10|x.4|8
                13:12:58|.2|sales  |Bob  |COMPLETECALLER|10|60|1
                """,
            expected: columns + "inbound | 79161234567 | 101 | Alice | support | 2 | answered | 9 | 10 | 80 | 1 | 2"
        ),
        CallScenario(
            name: "The agent transfers to a phone that nobody answers",
            legs: """
                channel      | dstchannel  | src         | dst | dcontext      | lastapp | lastdata  | start    | answer   | end
                PJSIP/line-0 | PJSIP/101-1 | 79161234567 | 400 | ext-queues    | Queue   | support,t | 13:11:18 | 13:11:28 | 13:11:48
                PJSIP/line-0 | PJSIP/105-2 | 79161234567 | 105 | from-internal | Dial    | PJSIP/105 | 13:11:48 | -        | 13:12:08
                """,
            queueLog: """
                13:11:18|.2|support|NONE |ENTERQUEUE   ||79161234567|1
                13:11:28|.2|support|Alice|CONNECT      |10|x.3|9
                13:11:48|.2|support|Alice|BLINDTRANSFER|105|from-internal|10|20|1
                """,
            // The queue_log knows about the transfer, although nobody answered it.
            expected: columns + "inbound | 79161234567 | 101 | Alice | support | 1 | answered | 9 | 10 | 20 | 1 | 2"
        ),
        CallScenario(
            name: "The queue gave up, and an extension took the call",
            legs: """
                channel      | dstchannel  | src         | dst | dcontext   | lastapp | lastdata  | start    | answer   | end
                PJSIP/line-0 | PJSIP/101-1 | 79161234567 | 400 | ext-queues | Queue   | support,t | 13:11:18 | -        | 13:11:58
                PJSIP/line-0 | PJSIP/200-2 | 79161234567 | 200 | ext-local  | Dial    | PJSIP/200 | 13:11:58 | 13:12:03 | 13:12:33
                """,
            queueLog: """
                13:11:18|.2|support|NONE|ENTERQUEUE||79161234567|1
                13:11:58|.2|support|NONE|EXITWITHTIMEOUT|1|1|40
                """,
            expected: columns + "inbound | 79161234567 | 200 | - | support | 1 | answered | 5 | 45 | 30 | 0 | 2"
        ),
        CallScenario(
            name: "An insider calls a queue",
            legs: """
                channel     | dstchannel  | src | dst | dcontext   | lastapp | lastdata  | start    | answer   | end
                PJSIP/120-0 | PJSIP/101-1 | 120 | 400 | ext-queues | Queue   | support,t | 13:11:18 | 13:11:28 | 13:11:58
                """,
            expected: columns + "internal | - | 120 | - | support | 1 | answered | - | 10 | 30 | 0 | 1"
        ),
    ]

    @Test(arguments: scenarios) func scenario(_ scenario: CallScenario) throws {
        #expect(try scenario.assembled() == scenario.expectedRow)
    }

    // MARK: - Visits estimated from legs

    static func estimate(_ legs: String) throws -> String {
        let page = CallScenario(name: "", legs: legs, expected: "").page()
        let calls = try CallScenario.assembler().assemble(page).estimates
        return calls.map { call in
            let id = "." + (call.callid.split(separator: ".").last ?? "")
            let start = CallScenario.instant("13:11:18") ?? 0
            return VisitTable.rows(call.visits, from: start).split(separator: "\n").map { "\(id) \($0)" }.joined(
                separator: "\n"
            )
        }.joined(separator: "\n")
    }

    @Test("Ten attempts are one visit") func attempts() throws {
        #expect(try Self.estimate(Self.inTurn) == ".2 support 1 0 50 170 answered 50 - 120 - -")
    }

    @Test("Two visits to a queue with a mailbox between; the legs of a consultation do not break a stay")
    func stays() throws {
        let legs = """
            uniqueid | channel      | dstchannel  | src         | dst | lastapp   | lastdata | start    | answer   | end
            .2       | PJSIP/line-0 | PJSIP/101-1 | 79161234567 | 400 | Queue     | support  | 13:11:18 | -        | 13:11:28
            .9       | PJSIP/101-8 | PJSIP/200-9 | 101         | 401 | Queue     | sales    | 13:11:20 | -        | 13:11:30
            .2       | PJSIP/line-0 | PJSIP/102-2 | 79161234567 | 400 | Queue     | support  | 13:11:28 | -        | 13:11:38
            .9       | PJSIP/101-8 | PJSIP/201-9 | 101         | 401 | Queue     | sales    | 13:11:30 | -        | 13:11:40
            .2       | PJSIP/line-0 | -           | 79161234567 | s   | Playback  | sorry    | 13:11:38 | 13:11:38 | 13:11:48
            .2       | PJSIP/line-0 | PJSIP/102-3 | 79161234567 | 400 | Queue     | support  | 13:11:48 | 13:11:58 | 13:12:58
            """
        let expected = """
            .2 support 1  0  - 20  timed_out 20 - -  - -
            .2 support 2 30 40 100 answered  10 - 60 - -
            .9 sales   1  2  - 22  abandoned 20 - -  - -
            """
        #expect(try Self.estimate(legs) == VisitTable.squeezed(expected))
    }

    @Test("Transferred back into the same queue: the leg after an answered one begins another visit")
    func backAgain() throws {
        let legs = """
            channel      | dstchannel  | src         | dst | lastapp | lastdata | start    | answer   | end
            PJSIP/line-0 | PJSIP/101-1 | 79161234567 | 400 | Queue   | support  | 13:11:18 | 13:11:28 | 13:11:48
            PJSIP/line-0 | PJSIP/102-2 | 79161234567 | 400 | Queue   | support  | 13:11:48 | 13:11:58 | 13:12:58
            """
        let expected = """
            .2 support 1  0 10  30 answered 10 - 20 - -
            .2 support 2 30 40 100 answered 10 - 60 - -
            """
        #expect(try Self.estimate(legs) == VisitTable.squeezed(expected))
    }
}
