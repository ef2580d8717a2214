import CallRecords
import Testing
import TestSupport

@testable import Transform

/// Direction and parties: FreePBX's patterns, plain dialplans, unusual callers, configured contexts.
@Suite struct CallPartiesTests {
    static let columns = "direction | customer | e164 | did | ext | disposition | ring | wait | talk | moved | legs\n"

    static let scenarios = [
        CallScenario(
            name: "Out through the first line that works",
            legs: """
                channel     | dstchannel    | src | dst          | dcontext      | lastapp | lastdata                      | start    | answer   | end      | disposition
                PJSIP/101-0 | PJSIP/lineA-1 | 101 | 989161234567 | from-internal | Dial    | PJSIP/989161234567@lineA,300 | 13:11:18 | -        | 13:11:19 | FAILED
                PJSIP/101-0 | PJSIP/lineB-2 | 101 | 989161234567 | from-internal | Dial    | PJSIP/989161234567@lineB,300 | 13:11:19 | 13:11:29 | 13:12:29 | ANSWERED
                """,
            expected: columns + "outbound | 989161234567 | +79161234567 | - | 101 | answered | 10 | 11 | 60 | 0 | 2"
        ),
        CallScenario(
            name: "Out, with the company's number as caller id: the phone shows who it was",
            legs: """
                channel     | dstchannel   | src         | dst          | dcontext      | lastapp | start    | answer   | end
                PJSIP/101-0 | PJSIP/line-1 | 74951112233 | 989161234567 | from-internal | Dial    | 13:11:18 | 13:11:28 | 13:11:58
                """,
            expected: columns + "outbound | 989161234567 | +79161234567 | - | 101 | answered | 10 | 10 | 30 | 0 | 1"
        ),
        CallScenario(
            name: "Out from a phone without its own number: FreePBX's cnum shows it",
            legs: """
                channel       | dstchannel   | src         | dst          | dcontext      | cnum | lastapp | start    | answer   | end
                PJSIP/alice-0 | PJSIP/line-1 | 74951112233 | 989161234567 | from-internal | 101  | Dial    | 13:11:18 | 13:11:28 | 13:11:58
                """,
            expected: columns + "outbound | 989161234567 | +79161234567 | - | 101 | answered | 10 | 10 | 30 | 0 | 1"
        ),
        CallScenario(
            name: "Out from a phone without a name: its context shows the direction",
            legs: """
                channel       | dstchannel   | src         | dst          | dcontext      | lastapp | start    | answer   | end
                PJSIP/alice-0 | PJSIP/line-1 | 74951112233 | 989161234567 | from-internal | Dial    | 13:11:18 | 13:11:28 | 13:11:58
                """,
            expected: columns + "outbound | 989161234567 | +79161234567 | - | - | answered | 10 | 10 | 30 | 0 | 1"
        ),
        CallScenario(
            name: "Out, busy",
            legs: """
                channel     | dstchannel   | src | dst          | lastapp | start    | answer | end      | disposition
                PJSIP/101-0 | PJSIP/line-1 | 101 | 989161234567 | Dial    | 13:11:18 | -      | 13:11:22 | BUSY
                """,
            expected: columns + "outbound | 989161234567 | +79161234567 | - | 101 | busy | 4 | 4 | 0 | 0 | 1"
        ),
        CallScenario(
            name: "Out, no line: congestion",
            legs: """
                channel     | dstchannel    | src | dst          | lastapp    | start    | answer | end      | disposition
                PJSIP/101-0 | PJSIP/lineA-1 | 101 | 989161234567 | Dial       | 13:11:18 | -      | 13:11:19 | CONGESTION
                PJSIP/101-0 | PJSIP/lineB-2 | 101 | 989161234567 | Dial       | 13:11:19 | -      | 13:11:20 | FAILED
                PJSIP/101-0 | -             | 101 | 989161234567 | Congestion | 13:11:20 | -      | 13:11:30 | FAILED
                """,
            expected: columns + "outbound | 989161234567 | +79161234567 | - | 101 | failed | 1 | 12 | 0 | 0 | 3"
        ),
        CallScenario(
            name: "Out, given up while it rang; CANCEL where cdr.conf enables it",
            legs: """
                channel     | dstchannel   | src | dst          | lastapp | start    | answer | end      | disposition
                PJSIP/101-0 | PJSIP/line-1 | 101 | 989161234567 | Dial    | 13:11:18 | -      | 13:11:30 | CANCEL
                """,
            expected: columns + "outbound | 989161234567 | +79161234567 | - | 101 | no_answer | 12 | 12 | 0 | 0 | 1"
        ),
        CallScenario(
            name: "The dialplan hides the number: it is in the dialled string",
            legs: """
                channel     | dstchannel   | src | dst | lastapp | lastdata                       | start    | answer   | end
                PJSIP/101-0 | PJSIP/line-1 | 101 | s   | Dial    | PJSIP/+79161234567@line,60,tr | 13:11:18 | 13:11:28 | 13:11:58
                """,
            // The extension s is nobody's number, so the call looks internal.
            expected: columns + "internal | - | - | - | 101 | answered | 10 | 10 | 30 | 0 | 1"
        ),
        CallScenario(
            name: "The same, with the context configured",
            policy: CallPolicy(outbound: ["dial-out"]),
            legs: """
                channel     | dstchannel   | src | dst | dcontext | lastapp | lastdata                       | start    | answer   | end
                PJSIP/101-0 | PJSIP/line-1 | 101 | s   | dial-out | Dial    | PJSIP/+79161234567@line,60,tr | 13:11:18 | 13:11:28 | 13:11:58
                """,
            expected: columns + "outbound | +79161234567 | +79161234567 | - | 101 | answered | 10 | 10 | 30 | 0 | 1"
        ),
        CallScenario(
            name: "Click to call: AMI rings the agent's phone, then dials",
            legs: """
                channel     | dstchannel   | src         | dst         | dcontext      | lastapp | start    | answer   | end
                PJSIP/101-0 | PJSIP/line-1 | 79161234567 | 79161234567 | from-internal | Dial    | 13:11:18 | 13:11:20 | 13:11:58
                """,
            // The caller id is the customer's, as CRMs set it, so that the phone shows whom it will call.
            expected: columns + "outbound | 79161234567 | +79161234567 | - | 101 | answered | 2 | 2 | 38 | 0 | 1"
        ),
        CallScenario(
            name: "Click to call through a Local channel",
            legs: """
                uniqueid | channel                            | dstchannel   | src         | dst         | dcontext      | lastapp | start    | answer   | end
                .2       | Local/101@from-internal-00000004;1 | PJSIP/line-6 | 79161234567 | 79161234567 | from-internal | Dial    | 13:11:23 | 13:11:23 | 13:11:58
                .3       | Local/101@from-internal-00000004;2 | PJSIP/101-5  | 79161234567 | 101         | from-internal | Dial    | 13:11:18 | 13:11:23 | 13:11:58
                """,
            expected: columns + "outbound | 79161234567 | +79161234567 | - | 101 | answered | 0 | 0 | 35 | 0 | 2"
        ),
        CallScenario(
            name: "In, to an extension",
            legs: """
                channel      | dstchannel  | src         | dst | did         | dcontext        | lastapp | start    | answer   | end
                PJSIP/line-0 | PJSIP/101-1 | 89161234567 | 101 | 74951112233 | from-did-direct | Dial    | 13:11:18 | 13:11:28 | 13:11:58
                """,
            expected: columns
                + "inbound | 89161234567 | +79161234567 | 74951112233 | 101 | answered | 10 | 10 | 30 | 0 | 1"
        ),
        CallScenario(
            name: "An insider whom the dialplan sends through from-did-direct stays inside",
            legs: """
                channel     | dstchannel  | src | dst | dcontext        | lastapp | start    | answer   | end
                PJSIP/102-0 | PJSIP/101-1 | 102 | 101 | from-did-direct | Dial    | 13:11:18 | 13:11:28 | 13:11:58
                """,
            expected: columns + "internal | - | - | - | 102 | answered | 10 | 10 | 30 | 0 | 1"
        ),
        CallScenario(
            name: "A caller with three digits through a line is not an extension",
            legs: """
                channel      | dstchannel  | src | dst         | dcontext   | lastapp | start    | answer   | end
                PJSIP/line-0 | PJSIP/101-1 | 900 | 74951112233 | from-trunk | Dial    | 13:11:18 | 13:11:28 | 13:11:58
                """,
            expected: columns + "inbound | 900 | - | 74951112233 | 101 | answered | 10 | 10 | 30 | 0 | 1"
        ),
        CallScenario(
            name: "An ISDN line is not extension 120",
            legs: """
                channel       | dstchannel  | src         | dst | dcontext  | lastapp | start    | answer   | end
                DAHDI/120-1   | PJSIP/101-1 | 79161234567 | 101 | ext-local | Dial    | 13:11:18 | 13:11:28 | 13:11:58
                """,
            expected: columns + "inbound | 79161234567 | +79161234567 | - | 101 | answered | 10 | 10 | 30 | 0 | 1"
        ),
        CallScenario(
            name: "Ring group: three phones, one takes it",
            legs: """
                channel      | dstchannel  | src         | dst | dcontext  | lastapp | start    | answer   | end      | disposition
                PJSIP/line-0 | PJSIP/101-1 | 79161234567 | 600 | ext-group | Dial    | 13:11:18 | -        | 13:11:28 | NO ANSWER
                PJSIP/line-0 | PJSIP/102-2 | 79161234567 | 600 | ext-group | Dial    | 13:11:18 | 13:11:28 | 13:11:58 | ANSWERED
                PJSIP/line-0 | PJSIP/103-3 | 79161234567 | 600 | ext-group | Dial    | 13:11:18 | -        | 13:11:18 | BUSY
                """,
            expected: columns + "inbound | 79161234567 | +79161234567 | - | 102 | answered | 10 | 10 | 30 | 0 | 3"
        ),
        CallScenario(
            name: "Follow-me to a mobile, two Local channels deep: still the call to 101",
            legs: """
                uniqueid | channel                                    | dstchannel                                 | src         | dst         | dcontext      | lastapp | start    | answer   | end
                .2       | PJSIP/line-0                               | Local/101@from-queue-00000001;1            | 79161234567 | 400         | ext-queues    | Queue   | 13:11:18 | 13:11:38 | 13:12:38
                .4       | Local/101@from-queue-00000001;2            | Local/89031112233@from-internal-00000002;1 | 79161234567 | 101         | followme      | Dial    | 13:11:18 | 13:11:38 | 13:12:38
                .6       | Local/89031112233@from-internal-00000002;2 | PJSIP/line-7                               | 79161234567 | 89031112233 | from-internal | Dial    | 13:11:20 | 13:11:38 | 13:12:38
                """,
            expected: columns + "inbound | 79161234567 | +79161234567 | - | 101 | answered | 18 | 20 | 60 | 0 | 3"
        ),
        CallScenario(
            name: "Forwarded to a mobile while inside: still internal",
            legs: """
                uniqueid | channel                                    | dstchannel                                 | src | dst         | dcontext      | lastapp | start    | answer   | end
                .2       | PJSIP/102-0                                | Local/89031112233@from-internal-00000002;1 | 102 | 101         | ext-local     | Dial    | 13:11:18 | 13:11:38 | 13:12:38
                .4       | Local/89031112233@from-internal-00000002;2 | PJSIP/line-7                               | 102 | 89031112233 | from-internal | Dial    | 13:11:18 | 13:11:38 | 13:12:38
                """,
            expected: columns + "internal | - | - | - | 102 | answered | 20 | 20 | 60 | 0 | 2"
        ),
        CallScenario(
            name: "Nobody answers, the mailbox does: not answered",
            legs: """
                channel      | dstchannel  | src         | dst    | dcontext  | lastapp   | start    | answer   | end
                PJSIP/line-0 | PJSIP/101-1 | 79161234567 | 101    | ext-local | Dial      | 13:11:18 | -        | 13:11:38
                PJSIP/line-0 | -           | 79161234567 | vmu101 | ext-local | VoiceMail | 13:11:38 | 13:11:38 | 13:12:08
                """,
            expected: columns + "inbound | 79161234567 | +79161234567 | - | 101 | no_answer | 20 | 50 | 0 | 0 | 2"
        ),
        CallScenario(
            name: "Straight to the mailbox: not answered either",
            legs: """
                channel      | dstchannel | src         | dst    | dcontext  | lastapp   | start    | answer   | end
                PJSIP/line-0 | -          | 79161234567 | vmb101 | ext-local | VoiceMail | 13:11:18 | 13:11:18 | 13:11:48
                """,
            expected: columns + "inbound | 79161234567 | +79161234567 | - | - | no_answer | - | 30 | 0 | 0 | 1"
        ),
        CallScenario(
            name: "Hung up in the menu: the PBX served the caller, nobody was tried",
            legs: """
                channel      | dstchannel | src         | dst | dcontext | lastapp    | start    | answer   | end
                PJSIP/line-0 | -          | 79161234567 | s   | ivr-1    | BackGround | 13:11:18 | 13:11:19 | 13:11:49
                """,
            expected: columns + "inbound | 79161234567 | +79161234567 | - | - | answered | - | 1 | 30 | 0 | 1"
        ),
        CallScenario(
            name: "Rejected by the phone: busy",
            legs: """
                channel      | dstchannel  | src         | dst | dcontext  | lastapp | start    | answer | end      | disposition
                PJSIP/line-0 | PJSIP/101-1 | 79161234567 | 101 | ext-local | Dial    | 13:11:18 | -      | 13:11:21 | BUSY
                """,
            expected: columns + "inbound | 79161234567 | +79161234567 | - | 101 | busy | 3 | 3 | 0 | 0 | 1"
        ),
        CallScenario(
            name: "An anonymous caller",
            legs: """
                channel      | dstchannel  | src       | dst | dcontext  | lastapp | start    | answer   | end
                PJSIP/line-0 | PJSIP/101-1 | anonymous | 101 | ext-local | Dial    | 13:11:18 | 13:11:28 | 13:11:58
                """,
            expected: columns + "inbound | - | - | - | 101 | answered | 10 | 10 | 30 | 0 | 1"
        ),
        CallScenario(
            name: "A caller without anything",
            legs: """
                channel      | dstchannel  | src | dst | dcontext  | lastapp | start    | answer   | end
                PJSIP/line-0 | PJSIP/101-1 | -   | 101 | ext-local | Dial    | 13:11:18 | 13:11:28 | 13:11:58
                """,
            expected: columns + "inbound | - | - | - | 101 | answered | 10 | 10 | 30 | 0 | 1"
        ),
        CallScenario(
            name: "A star code",
            legs: """
                channel     | dstchannel | src | dst | dcontext      | lastapp       | start    | answer   | end
                PJSIP/101-0 | -          | 101 | *97 | from-internal | VoiceMailMain | 13:11:18 | 13:11:18 | 13:11:48
                """,
            expected: columns + "internal | - | - | - | 101 | answered | - | 0 | 30 | 0 | 1"
        ),
        CallScenario(
            name: "An emergency call",
            legs: """
                channel     | dstchannel   | src | dst  | dcontext      | lastapp | start    | answer   | end
                PJSIP/101-0 | PJSIP/line-1 | 101 | 9103 | from-internal | Dial    | 13:11:18 | 13:11:28 | 13:11:58
                """,
            expected: columns + "outbound | 9103 | - | - | 101 | answered | 10 | 10 | 30 | 0 | 1"
        ),
        CallScenario(
            name: "Helpers in an ignored context count as legs and say nothing",
            policy: CallPolicy(ignored: ["recording"]),
            legs: """
                uniqueid | channel               | dstchannel  | src         | dst | dcontext  | lastapp    | start    | answer   | end
                .1       | Local/rec@recording-1;2 | -         | 200         | rec | recording | MixMonitor | 13:11:00 | 13:11:00 | 13:20:00
                .2       | PJSIP/line-0          | PJSIP/101-1 | 79161234567 | 101 | ext-local | Dial       | 13:11:18 | 13:11:28 | 13:11:58
                """,
            expected: columns + "inbound | 79161234567 | +79161234567 | - | 101 | answered | 10 | 10 | 30 | 0 | 2"
        ),
        CallScenario(
            name: "A configured context of a later leg does not turn the call round",
            policy: CallPolicy(internal: ["from-internal"]),
            legs: """
                channel      | dstchannel  | src         | dst | dcontext      | lastapp | start    | answer   | end
                PJSIP/line-0 | PJSIP/101-1 | 79161234567 | 101 | ext-local     | Dial    | 13:11:18 | 13:11:28 | 13:11:48
                PJSIP/line-0 | PJSIP/102-2 | 79161234567 | 102 | from-internal | Dial    | 13:11:48 | 13:11:58 | 13:12:58
                """,
            expected: columns + "inbound | 79161234567 | +79161234567 | - | 101 | answered | 10 | 10 | 80 | 1 | 2"
        ),
        CallScenario(
            name: "Handed on to a mobile: the first leg has the number and context of the transfer already",
            legs: """
                channel      | dstchannel   | src         | dst          | dcontext      | lastapp | lastdata  | start    | answer   | end
                PJSIP/line-0 | PJSIP/101-1  | 79161234567 | 989031112233 | from-internal | Dial    | PJSIP/101 | 13:11:18 | 13:11:28 | 13:11:48
                PJSIP/line-0 | PJSIP/line-2 | 79161234567 | 989031112233 | from-internal | Dial    | PJSIP/89031112233@line | 13:11:48 | 13:11:58 | 13:12:58
                """,
            expected: columns
                + "inbound | 79161234567 | +79161234567 | 989031112233 | 101 | answered | 10 | 10 | 80 | 1 | 2"
        ),
        CallScenario(
            name: "The same out of a queue, with the context of the phones configured",
            policy: CallPolicy(internal: ["from-internal"]),
            legs: """
                channel      | dstchannel   | src         | dst | dcontext      | lastapp | lastdata  | start    | answer   | end
                PJSIP/line-0 | PJSIP/101-1  | 79161234567 | 104 | from-internal | Queue   | support,t | 13:11:18 | 13:11:28 | 13:11:48
                PJSIP/line-0 | PJSIP/104-2  | 79161234567 | 104 | from-internal | Dial    | PJSIP/104 | 13:11:48 | 13:11:58 | 13:12:58
                """,
            expected: columns + "inbound | 79161234567 | +79161234567 | - | 101 | answered | - | 10 | 80 | 1 | 2"
        ),
        CallScenario(
            name: "Made by AMI without a caller id, to an extension",
            legs: """
                uniqueid | channel             | dstchannel           | src | dst | dcontext      | lastapp | start    | answer   | end
                .2       | Local/s@announce-1;1 | PJSIP/102-2         | -   | 102 | from-internal | Dial    | 13:11:18 | 13:11:28 | 13:11:58
                .3       | Local/s@announce-1;2 | -                   | -   | s   | announce      | Wait    | 13:11:18 | 13:11:18 | 13:11:58
                """,
            expected: columns + "internal | - | - | - | 102 | answered | 10 | 10 | 30 | 0 | 2"
        ),
        CallScenario(
            name: "Made by AMI without a caller id, to nothing in particular",
            legs: """
                uniqueid | channel             | dstchannel | src | dst | dcontext | lastapp | start    | answer   | end
                .2       | Local/s@announce-1;1 | -         | -   | s   | announce | Wait    | 13:11:18 | 13:11:18 | 13:11:58
                """,
            // A caller who waits in the dialplan speaks to nobody.
            expected: columns + "unknown | - | - | - | - | answered | - | 0 | 0 | 0 | 1"
        ),
    ]

    @Test(arguments: scenarios) func scenario(_ scenario: CallScenario) throws {
        #expect(try scenario.assembled() == scenario.expectedRow)
    }

    @Test("The name is the oldest linkedid, by counter where the second is the same; what names no leg is an alias")
    func name() throws {
        let scenario = CallScenario(
            name: "",
            legs: """
                uniqueid | linkedid | channel      | dstchannel  | src         | dst | lastapp | start    | answer   | end
                .10      | .8       | PJSIP/200-2  | PJSIP/300-3 | 200         | 300 | Dial    | 13:11:18 | 13:11:20 | 13:12:08
                .9       | .9       | PJSIP/line-0 | PJSIP/200-1 | 79161234567 | 200 | Dial    | 13:11:18 | 13:11:28 | 13:12:08
                """,
            expected: ""
        )
        let call = try #require(try CallScenario.assembler().assemble(scenario.page()).calls.first)
        #expect(call.linkedid == "\(CallScenario.epoch).8")
        // .9 is a leg's uniqueid, which itself leads to the call.
        #expect(call.aliases == ["\(CallScenario.epoch).8"])
        #expect(call.direction == .inbound)
    }

    @Test("No ids, no text: a call all the same") func nothing() throws {
        var page = CallLegs()
        page.legs.append(CDRHeader())
        page.times.append(LegTimes(start: 5, answer: nil, end: 5, isDerived: true))
        page.order = [0]
        page.calls = [(7, 0..<1)]
        let call = try #require(try CallScenario.assembler().assemble(page).calls.first)
        #expect(call.linkedid == "call-7")
        #expect(call.direction == .unknown)
        #expect(call.disposition == .failed)
    }
}
