import Testing

/// Alice calls from outside, 79161234567 through a trunk, and Bob (200) brings Charlie (300) in.
@Suite struct CallTransferTests {
    static let columns = "direction | e164 | ext | disposition | ring | wait | talk | moved | legs\n"

    static let scenarios = [
        CallScenario(
            name: "Blind transfer",
            legs: """
                channel      | dstchannel | src         | dst | lastapp | start    | answer   | end
                PJSIP/line-0 | PJSIP/200-1 | 79161234567 | 200 | Dial    | 13:11:18 | 13:11:28 | 13:11:48
                PJSIP/line-0 | PJSIP/300-2 | 79161234567 | 300 | Dial    | 13:11:48 | 13:11:53 | 13:12:53
                """,
            // 20 s with Bob, 60 s with Charlie; the 5 s of ringing in between are not talk time.
            expected: columns + "inbound | +79161234567 | 200 | answered | 10 | 10 | 80 | 1 | 2"
        ),
        CallScenario(
            name: "Blind transfer to somebody who does not answer",
            legs: """
                channel      | dstchannel | src         | dst | lastapp | start    | answer   | end
                PJSIP/line-0 | PJSIP/200-1 | 79161234567 | 200 | Dial    | 13:11:18 | 13:11:28 | 13:11:48
                PJSIP/line-0 | PJSIP/300-2 | 79161234567 | 300 | Dial    | 13:11:48 | -        | 13:12:08
                """,
            // CDRs do not distinguish an unanswered transfer from a dialplan that continued.
            expected: columns + "inbound | +79161234567 | 200 | answered | 10 | 10 | 20 | 0 | 2"
        ),
        CallScenario(
            name: "Attended transfer by the PBX: consultation under its own channel",
            legs: """
                uniqueid | channel      | dstchannel | src         | dst | lastapp | start    | answer   | end
                .2       | PJSIP/line-0 | PJSIP/200-1 | 79161234567 | 200 | Dial    | 13:11:18 | 13:11:28 | 13:12:18
                .3       | PJSIP/200-1  | PJSIP/300-2 | 200         | 300 | Dial    | 13:11:48 | 13:11:53 | 13:12:18
                .2       | PJSIP/line-0 | PJSIP/300-2 | 79161234567 | 300 | Dial    | 13:12:18 | 13:12:18 | 13:12:53
                """,
            // Alice is on hold while Bob consults; the legs do not show it, and the hold counts as Bob's time with her.
            expected: columns + "inbound | +79161234567 | 200 | answered | 10 | 10 | 85 | 1 | 3"
        ),
        CallScenario(
            name: "Attended transfer by the phone: two channels of one phone",
            legs: """
                uniqueid | linkedid | channel      | dstchannel | src         | dst | lastapp | start    | answer   | end
                .2       | .2       | PJSIP/line-0 | PJSIP/200-1 | 79161234567 | 200 | Dial    | 13:11:18 | 13:11:28 | 13:12:08
                .4       | .4       | PJSIP/200-2  | PJSIP/300-3 | 200         | 300 | Dial    | 13:11:48 | 13:11:58 | 13:12:08
                .2       | .2       | PJSIP/line-0 | PJSIP/300-3 | 79161234567 | 300 | Dial    | 13:12:08 | 13:12:08 | 13:13:08
                """,
            expected: columns + "inbound | +79161234567 | 200 | answered | 10 | 10 | 100 | 1 | 3"
        ),
        CallScenario(
            name: "Attended transfer that the customer did not wait for",
            legs: """
                uniqueid | channel      | dstchannel | src         | dst | lastapp | start    | answer   | end
                .2       | PJSIP/line-0 | PJSIP/200-1 | 79161234567 | 200 | Dial    | 13:11:18 | 13:11:28 | 13:12:00
                .3       | PJSIP/200-1  | PJSIP/300-2 | 200         | 300 | Dial    | 13:11:48 | 13:11:53 | 13:14:00
                """,
            // Bob and Charlie continue talking for two minutes, which are not part of the conversation with the
            // customer.
            expected: columns + "inbound | +79161234567 | 200 | answered | 10 | 10 | 32 | 0 | 2"
        ),
        CallScenario(
            name: "Attended transfer to a mailbox",
            legs: """
                uniqueid | channel      | dstchannel | src         | dst  | lastapp   | start    | answer   | end
                .2       | PJSIP/line-0 | PJSIP/200-1 | 79161234567 | 200  | Dial      | 13:11:18 | 13:11:28 | 13:12:18
                .3       | PJSIP/200-1  | -          | 200         | 8500 | VoiceMail | 13:11:48 | 13:11:49 | 13:12:18
                .2       | PJSIP/line-0 | -          | 79161234567 | 8500 | VoiceMail | 13:12:18 | 13:12:18 | 13:13:18
                """,
            expected: columns + "inbound | +79161234567 | 200 | answered | 10 | 10 | 50 | 0 | 3"
        ),
        CallScenario(
            name: "Blonde transfer: Bob hangs up while Charlie rings",
            legs: """
                uniqueid | channel      | dstchannel | src         | dst | lastapp | start    | answer   | end
                .2       | PJSIP/line-0 | PJSIP/200-1 | 79161234567 | 200 | Dial    | 13:11:18 | 13:11:28 | 13:11:50
                .3       | PJSIP/200-1  | PJSIP/300-2 | 200         | 300 | Dial    | 13:11:48 | -        | 13:11:50
                .2       | PJSIP/line-0 | PJSIP/300-2 | 79161234567 | 300 | Dial    | 13:11:50 | 13:11:55 | 13:12:30
                """,
            expected: columns + "inbound | +79161234567 | 200 | answered | 10 | 10 | 57 | 1 | 3"
        ),
        CallScenario(
            name: "Blonde transfer as the specification has it, Bob's leg ending late",
            legs: """
                uniqueid | channel      | dstchannel | src         | dst | lastapp | start    | answer   | end
                .2       | PJSIP/line-0 | PJSIP/200-1 | 79161234567 | 200 | Dial    | 13:11:18 | 13:11:28 | 13:12:18
                .3       | PJSIP/200-1  | PJSIP/300-2 | 200         | 300 | Dial    | 13:11:48 | -        | 13:11:50
                .2       | PJSIP/line-0 | PJSIP/300-2 | 79161234567 | 300 | Dial    | 13:11:50 | 13:11:55 | 13:12:30
                """,
            expected: columns + "inbound | +79161234567 | 200 | answered | 10 | 10 | 62 | 1 | 3"
        ),
        CallScenario(
            name: "Three-way call: Charlie joins and nobody leaves",
            legs: """
                uniqueid | channel      | dstchannel | src         | dst | lastapp | start    | answer   | end
                .2       | PJSIP/line-0 | PJSIP/200-1 | 79161234567 | 200 | Dial    | 13:11:18 | 13:11:28 | 13:13:18
                .3       | PJSIP/200-1  | PJSIP/300-2 | 200         | 300 | Dial    | 13:11:48 | 13:11:53 | 13:12:08
                .2       | PJSIP/line-0 | PJSIP/300-2 | 79161234567 | 300 | Dial    | 13:12:08 | 13:12:08 | 13:13:18
                .3       | PJSIP/200-1  | PJSIP/300-2 | 200         | 300 | Dial    | 13:12:08 | 13:12:08 | 13:13:18
                """,
            expected: columns + "inbound | +79161234567 | 200 | answered | 10 | 10 | 110 | 0 | 4"
        ),
        CallScenario(
            name: "Parked and picked up by another phone",
            legs: """
                channel      | dstchannel | src         | dst | lastapp | start    | answer   | end
                PJSIP/line-0 | PJSIP/200-1 | 79161234567 | 200 | Dial    | 13:11:18 | 13:11:28 | 13:11:38
                PJSIP/line-0 | -          | 79161234567 | 700 | Park    | 13:11:38 | 13:11:38 | 13:12:38
                PJSIP/line-0 | PJSIP/300-2 | 79161234567 | 300 | Park    | 13:12:38 | 13:12:38 | 13:13:38
                """,
            // The minute in the parking lot is not talk time.
            expected: columns + "inbound | +79161234567 | 200 | answered | 10 | 10 | 70 | 1 | 3"
        ),
        CallScenario(
            name: "Outbound, then handed to a colleague",
            legs: """
                uniqueid | channel      | dstchannel  | src | dst          | lastapp | start    | answer   | end
                .2       | PJSIP/200-0  | PJSIP/line-1 | 200 | 989161234567 | Dial    | 13:11:18 | 13:11:28 | 13:12:08
                .4       | PJSIP/200-2  | PJSIP/300-3 | 200 | 300          | Dial    | 13:11:48 | 13:11:58 | 13:12:08
                .3       | PJSIP/line-1 | PJSIP/300-3 | -   | 300          | AppDial | 13:12:08 | 13:12:08 | 13:13:08
                """,
            expected: columns + "outbound | +79161234567 | 200 | answered | 10 | 10 | 100 | 1 | 3"
        ),
        CallScenario(
            name: "A colleague is called first, the customer second",
            legs: """
                uniqueid | channel     | dstchannel  | src | dst          | lastapp | start    | answer   | end
                .2       | PJSIP/200-0 | PJSIP/300-1 | 200 | 300          | Dial    | 13:11:18 | 13:11:20 | 13:13:00
                .4       | PJSIP/200-2 | PJSIP/line-3 | 200 | 989161234567 | Dial    | 13:12:00 | 13:12:10 | 13:13:00
                """,
            // The customer took part, so it is not an internal call; the wait lasts from the beginning to the
            // customer's answer.
            expected: columns + "outbound | +79161234567 | 200 | answered | 10 | 52 | 50 | 0 | 2"
        ),
    ]

    @Test(arguments: scenarios) func scenario(_ scenario: CallScenario) throws {
        #expect(try scenario.assembled() == scenario.expectedRow)
    }
}
