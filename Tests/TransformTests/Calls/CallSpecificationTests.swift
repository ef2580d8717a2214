import Testing

/// The scenarios of Asterisk's CDR specification (docs.asterisk.org, *CDR Specification*), with its own tables.
///
/// Alice is 100 there, a phone like the others, so these calls are internal; ``CallTransferTests`` has them from
/// outside. The specification's slips are corrected: an end before the leg that follows it, a date without a day.
@Suite struct CallSpecificationTests {
    static let columns = "direction | ext | disposition | ring | wait | talk | moved | legs\n"

    static let scenarios = [
        CallScenario(
            name: "Unanswered inbound call",
            legs: """
                channel            | dstchannel | src | dst | dcontext | lastapp | start    | answer | end
                SIP/alice-00000000 | -          | 100 | 500 | default  | NoOp    | 13:11:18 | -      | 13:11:20
                """,
            // Nobody was called, and the PBX did not answer either.
            expected: columns + "internal | 100 | no_answer | - | 2 | 0 | 0 | 1"
        ),
        CallScenario(
            name: "Unanswered outbound call, originated to a phone",
            legs: """
                channel            | dstchannel | src | dst | dcontext | lastapp | lastdata  | start    | answer | end
                SIP/alice-00000000 | -          | -   | s   | default  | AppDial | SIP/Alice | 13:11:18 | -      | 13:11:20
                """,
            // Nobody called, and no number was dialled.
            expected: columns + "unknown | - | no_answer | - | 2 | 0 | 0 | 1"
        ),
        CallScenario(
            name: "Single party",
            legs: """
                channel            | dstchannel | src | dst  | dcontext | lastapp | start    | answer   | end
                SIP/alice-00000000 | -          | 100 | 8500 | default  | Hangup  | 13:11:18 | 13:11:20 | 13:12:18
                """,
            // The PBX itself is the other party.
            expected: columns + "internal | 100 | answered | - | 2 | 58 | 0 | 1"
        ),
        CallScenario(
            name: "Basic call",
            legs: """
                channel            | dstchannel       | src | dst | dcontext | lastapp | start    | answer   | end
                SIP/alice-00000000 | SIP/bob-00000001 | 100 | 200 | default  | Dial    | 13:11:18 | 13:11:26 | 13:13:18
                """,
            expected: columns + "internal | 100 | answered | 8 | 8 | 112 | 0 | 1"
        ),
        CallScenario(
            name: "Unanswered dial",
            legs: """
                channel            | dstchannel       | src | dst | dcontext | lastapp | start    | answer | end
                SIP/alice-00000000 | SIP/bob-00000001 | 100 | 200 | default  | Dial    | 13:11:18 | -      | 13:11:28
                """,
            expected: columns + "internal | 100 | no_answer | 10 | 10 | 0 | 0 | 1"
        ),
        CallScenario(
            name: "Parallel dial",
            legs: """
                channel            | dstchannel        | src | dst | dcontext | lastapp | start    | answer   | end
                SIP/alice-00000000 | SIP/bob-00000001  | 100 | 200 | default  | Dial    | 13:11:18 | -        | 13:11:28
                SIP/alice-00000000 | IAX2/bob-00000000 | 100 | 200 | default  | Dial    | 13:11:18 | 13:11:28 | 13:12:28
                """,
            expected: columns + "internal | 100 | answered | 10 | 10 | 60 | 0 | 2"
        ),
        CallScenario(
            name: "Blind transfer",
            legs: """
                channel            | dstchannel           | src | dst | dcontext | lastapp | start    | answer   | end
                SIP/alice-00000000 | SIP/bob-00000001     | 100 | 200 | default  | Dial    | 13:11:18 | 13:11:28 | 13:11:48
                SIP/alice-00000000 | SIP/charlie-00000002 | 100 | 300 | default  | Dial    | 13:11:48 | 13:11:53 | 13:12:53
                """,
            expected: columns + "internal | 100 | answered | 10 | 10 | 80 | 1 | 2"
        ),
        CallScenario(
            name: "Local channel between bridges",
            legs: """
                uniqueid | channel                             | dstchannel         | src        | dst | dcontext | lastapp | start    | answer   | end
                .1       | Local/dial_alice@default-00000001;1 | SIP/alice-00000002 | dial_alice | 100 | default  | Dial    | 13:11:18 | 13:11:28 | 13:12:18
                .2       | Local/dial_alice@default-00000001;2 | SIP/bob-00000003   | dial_bob   | 200 | default  | Dial    | 13:11:28 | 13:11:38 | 13:12:18
                """,
            // The PBX made the call, from one extension to another.
            expected: columns + "internal | 100 | answered | 10 | 10 | 50 | 0 | 2"
        ),
        CallScenario(
            name: "Queue, example 1: ring-all, one is busy",
            legs: """
                channel            | dstchannel           | src | dst | dcontext | lastapp | lastdata   | start    | answer   | end      | disposition
                SIP/alice-00000000 | SIP/bob-00000001     | 100 | 800 | default  | Queue   | complaints | 13:11:18 | -        | 13:14:18 | BUSY
                SIP/alice-00000000 | SIP/charlie-00000002 | 100 | 800 | default  | Queue   | complaints | 13:11:18 | 13:12:18 | 13:14:18 | ANSWERED
                """,
            // The caller waits for a free agent in the same leg in which the phone rings: no ring.
            expected: columns + "internal | 100 | answered | - | 60 | 120 | 0 | 2"
        ),
        CallScenario(
            name: "Queue, example 2: round robin, one lets it ring",
            legs: """
                channel            | dstchannel           | src | dst | dcontext | lastapp | lastdata   | start    | answer   | end
                SIP/alice-00000000 | SIP/bob-00000001     | 100 | 800 | default  | Queue   | complaints | 13:11:18 | -        | 13:14:18
                SIP/alice-00000000 | SIP/charlie-00000002 | 100 | 800 | default  | Queue   | complaints | 13:11:18 | 13:12:38 | 13:14:18
                """,
            expected: columns + "internal | 100 | answered | - | 80 | 100 | 0 | 2"
        ),
        CallScenario(
            name: "Conference",
            legs: """
                uniqueid | channel            | dstchannel           | src | dst  | dcontext | lastapp    | start    | answer   | end
                .2       | SIP/alice-00000000 | SIP/bob-00000001     | 100 | 1000 | default  | ConfBridge | 13:11:18 | 13:11:28 | 13:14:18
                .3       | SIP/bob-00000001   | SIP/charlie-00000002 | 200 | 1000 | default  | ConfBridge | 13:11:28 | 13:12:18 | 13:14:18
                .2       | SIP/alice-00000000 | SIP/charlie-00000002 | 100 | 1000 | default  | ConfBridge | 13:11:18 | 13:12:18 | 13:15:18
                """,
            // From 13:11:28 to 13:15:18 somebody was talking; joining a conference is not a transfer.
            expected: columns + "internal | 100 | answered | 10 | 10 | 230 | 0 | 3"
        ),
    ]

    @Test(arguments: scenarios) func scenario(_ scenario: CallScenario) throws {
        #expect(try scenario.assembled() == scenario.expectedRow)
    }
}
