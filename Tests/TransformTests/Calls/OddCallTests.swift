import Testing

/// What Asterisk writes in dialplans other than FreePBX's: lines named by address, Local channels that disappear,
/// withheld callers, channels that were called, applications in which nobody talks. Values worked out from Asterisk's
/// CDR specification.
@Suite struct OddCallTests {
    static let columns = "direction | e164 | ext | disposition | wait | talk | moved\n"

    /// A row of a table of single legs: the leg, and the expected result.
    private static func one(_ name: String, _ leg: String, _ expected: String) -> CallScenario {
        let head =
            "channel | dstchannel | src | dst | dcontext | lastapp | lastdata | start | answer | end | disposition\n"
        return CallScenario(name: name, legs: head + leg, expected: columns + expected)
    }

    static let lines = [
        one(
            "A guest named by an address",
            "SIP/10.0.0.5-0000a1b2 | SIP/101-1 | 79161234567 | 101 | in | Dial | SIP/101 | 13:11:18 | 13:11:25 | 13:12:25 | ANSWERED",
            "inbound | +79161234567 | 101 | answered | 7 | 60 | 0"
        ),
        one(
            "An address with a port on IAX2",
            "IAX2/10.0.0.5:4569-12 | SIP/101-1 | 79161234567 | 101 | in | Dial | SIP/101 | 13:11:18 | - | 13:11:38 | NO ANSWER",
            "inbound | +79161234567 | 101 | no_answer | 20 | 0 | 0"
        ),
        one(
            "A port of lcr is not an extension",
            "lcr/439 | SIP/101-1 | 79161234567 | 101 | in | Dial | SIP/101 | 13:11:18 | 13:11:20 | 13:11:30 | ANSWERED",
            "inbound | +79161234567 | 101 | answered | 2 | 10 | 0"
        ),
        one(
            "Nor is one of Unicall",
            "Unicall/120-1 | SIP/101-1 | 79161234567 | 101 | in | Dial | SIP/101 | 13:11:18 | 13:11:20 | 13:11:30 | ANSWERED",
            "inbound | +79161234567 | 101 | answered | 2 | 10 | 0"
        ),
        one(
            "Nor is a dongle, in small letters",
            "dongle/101-0100000001 | SIP/102-1 | 79161234567 | 102 | in | Dial | SIP/102 | 13:11:18 | 13:11:20 | 13:11:30 | ANSWERED",
            "inbound | +79161234567 | 102 | answered | 2 | 10 | 0"
        ),
        one(
            "A channel that takes another's place keeps its name",
            "AsyncGoto/SIP/101-1 | SIP/line-2 | 101 | 989161234567 | out | Dial | SIP/line | 13:11:18 | 13:11:28 | 13:11:58 | ANSWERED",
            "outbound | +79161234567 | 101 | answered | 10 | 30 | 0"
        ),
    ]

    static let withheld = [
        one(
            "No caller: an ISDN line rings a phone",
            "DAHDI/i1/-5 | SIP/101-1 | - | 84951112233 | isdn | Dial | SIP/101 | 13:11:18 | 13:11:24 | 13:12:24 | ANSWERED",
            "inbound | - | 101 | answered | 6 | 60 | 0"
        ),
        one(
            "No caller: a line and nobody who was tried",
            "DAHDI/i1/-7 | - | - | 84951112233 | isdn | Busy | 10 | 13:11:18 | - | 13:11:28 | BUSY",
            "inbound | - | - | busy | 10 | 0 | 0"
        ),
        one(
            "No caller: a trunk rings a phone with the site's own number dialled",
            "PJSIP/provider-0 | PJSIP/101-1 | - | 84951112233 | did | Dial | PJSIP/101 | 13:11:18 | 13:11:20 | 13:11:50 | ANSWERED",
            "inbound | - | 101 | answered | 2 | 30 | 0"
        ),
        one(
            "No caller: a phone without digits rings a line",
            "SIP/alice-0 | DAHDI/1-1 | - | 989161234567 | out | Dial | DAHDI/g1 | 13:11:18 | 13:11:20 | 13:11:50 | ANSWERED",
            "outbound | +79161234567 | - | answered | 2 | 30 | 0"
        ),
        one(
            "A word in Spanish",
            "SIP/trunk-0 | SIP/alice-1 | Privado | 84951112233 | in | Dial | SIP/alice | 13:11:18 | 13:11:20 | 13:11:50 | ANSWERED",
            "inbound | - | - | answered | 2 | 30 | 0"
        ),
        one(
            "A word in Russian",
            "SIP/trunk-0 | SIP/101-1 | Неизвестный | 101 | in | Dial | SIP/101 | 13:11:18 | - | 13:11:48 | NO ANSWER",
            "inbound | - | 101 | no_answer | 30 | 0 | 0"
        ),
    ]

    static let codes = [
        one(
            "*67 before a number",
            "SIP/101-0 | SIP/line-1 | 101 | *6789161234567 | out | Dial | SIP/line | 13:11:18 | 13:11:26 | 13:12:26 | ANSWERED",
            "outbound | +79161234567 | 101 | answered | 8 | 60 | 0"
        ),
        one(
            "#31# before a number",
            "SIP/101-0 | SIP/line-1 | 101 | #31#89161234567 | out | Dial | SIP/line | 13:11:18 | - | 13:11:38 | NO ANSWER",
            "outbound | +79161234567 | 101 | no_answer | 20 | 0 | 0"
        ),
        one(
            "*31# behind the outside prefix",
            "SIP/101-0 | SIP/line-1 | 101 | 9*31#89161234567 | out | Dial | SIP/line | 13:11:18 | - | 13:11:38 | BUSY",
            "outbound | +79161234567 | 101 | busy | 20 | 0 | 0"
        ),
        one(
            "A code that no line was tried for is the PBX's own",
            "SIP/101-0 | - | 101 | *7289161234567 | from-internal | Playback | ok | 13:11:18 | 13:11:18 | 13:11:28 | ANSWERED",
            "internal | - | 101 | answered | 0 | 10 | 0"
        ),
        one(
            "An intercom code rings a phone",
            "SIP/101-0 | SIP/102-1 | 101 | *80102 | from-internal | Dial | SIP/102 | 13:11:18 | 13:11:19 | 13:11:29 | ANSWERED",
            "internal | - | 101 | answered | 1 | 10 | 0"
        ),
    ]

    static let alone = [
        one(
            "An agent who waits for calls",
            "SIP/101-0 | - | 101 | s | from-internal | AgentLogin | 101 | 13:11:18 | 13:11:18 | 15:11:18 | ANSWERED",
            "internal | - | 101 | answered | 0 | 0 | 0"
        ),
        one(
            "Paging",
            "SIP/101-0 | SIP/102-1 | 101 | 199 | from-internal | Page | SIP/102&SIP/103 | 13:11:18 | 13:11:19 | 13:11:29 | ANSWERED",
            "internal | - | 101 | answered | 1 | 0 | 0"
        ),
        one(
            "Music on hold",
            "SIP/101-0 | - | 101 | 199 | from-internal | MusicOnHold | default | 13:11:18 | 13:11:18 | 13:15:18 | ANSWERED",
            "internal | - | 101 | answered | 0 | 0 | 0"
        ),
        one(
            "A supervisor who listens",
            "SIP/101-0 | - | 101 | 199 | from-internal | ChanSpy | SIP/102 | 13:11:18 | 13:11:18 | 13:15:18 | ANSWERED",
            "internal | - | 101 | answered | 0 | 0 | 0"
        ),
    ]

    static let replaced = [
        CallScenario(
            name: "Out through a Local channel that optimises itself away, then a blind transfer to a colleague",
            legs: """
                uniqueid | channel                | dstchannel             | src | dst          | lastapp | lastdata            | start    | answer   | end
                .1       | PJSIP/101-1            | Local/89161234567@o-1;1 | 101 | 989161234567 | Dial    | Local/89161234567@o | 13:11:18 | 13:11:20 | 13:11:20
                .3       | Local/89161234567@o-1;2 | PJSIP/line-2           | 101 | 89161234567  | Dial    | PJSIP/line          | 13:11:18 | 13:11:20 | 13:11:20
                .1       | PJSIP/101-1            | PJSIP/line-2           | 101 | 989161234567 | Dial    | Local/89161234567@o | 13:11:20 | 13:11:20 | 13:11:24
                .4       | PJSIP/line-2           | PJSIP/103-3            | -   | 103          | Dial    | PJSIP/103           | 13:11:24 | 13:11:26 | 13:11:32
                """,
            // 4 s with 101 and 6 s with 103.
            expected: columns + "outbound | +79161234567 | 101 | answered | 2 | 10 | 1"
        ),
        CallScenario(
            name: "Click to call, the customer first",
            legs: """
                uniqueid | channel                | dstchannel   | src | dst         | lastapp | lastdata        | start    | answer   | end
                .1       | Local/89161234567@o-1;1 | PJSIP/102-3  | 102 | 102         | Dial    | PJSIP/102       | 13:11:18 | 13:11:24 | 13:11:26
                .2       | Local/89161234567@o-1;2 | PJSIP/line-2 | 102 | 89161234567 | Dial    | PJSIP/line      | 13:11:18 | 13:11:22 | 13:11:26
                .3       | PJSIP/line-2           | PJSIP/102-3  | -   | -           | AppDial | (Outgoing Line) | 13:11:26 | 13:11:26 | 13:11:36
                """,
            expected: columns + "outbound | +79161234567 | 102 | answered | 6 | 12 | 0"
        ),
        CallScenario(
            name: "A parked call comes back to who had called",
            legs: """
                uniqueid | channel     | dstchannel  | src | dst       | lastapp | start    | answer   | end
                .1       | PJSIP/101-1 | PJSIP/102-2 | 101 | 102       | Dial    | 13:11:18 | 13:11:19 | 13:11:21
                .2       | PJSIP/102-2 | -           | 102 | -         | Park    | 13:11:21 | 13:11:21 | 13:11:25
                .2       | PJSIP/102-2 | PJSIP/101-3 | 102 | PJSIP_101 | Dial    | 13:11:25 | 13:11:25 | 13:11:29
                """,
            expected: columns + "internal | - | 101 | answered | 1 | 6 | 0"
        ),
        CallScenario(
            name: "The caller asks a third one and leaves the two alone",
            legs: """
                uniqueid | channel     | dstchannel  | src | dst | lastapp | start    | answer   | end
                .1       | PJSIP/101-1 | PJSIP/102-2 | 101 | 102 | Dial    | 13:11:18 | 13:11:20 | 13:11:30
                .1       | PJSIP/101-1 | PJSIP/103-3 | 101 | 102 | Dial    | 13:11:30 | 13:11:32 | 13:11:40
                .2       | PJSIP/102-2 | PJSIP/103-3 | 102 | -   | AppDial | 13:11:40 | 13:11:40 | 13:12:00
                """,
            expected: columns + "internal | - | 101 | answered | 2 | 38 | 1"
        ),
        CallScenario(
            name: "Three in a bridge of ARI, who come and go",
            legs: """
                uniqueid | channel     | dstchannel  | src | dst | lastapp | start    | answer   | end
                .1       | PJSIP/101-1 | PJSIP/102-2 | 101 | s   | Stasis  | 13:11:18 | 13:11:18 | 13:11:40
                .1       | PJSIP/101-1 | PJSIP/103-3 | 101 | s   | Stasis  | 13:11:28 | 13:11:28 | 13:12:00
                .2       | PJSIP/102-2 | PJSIP/103-3 | 102 | s   | Stasis  | 13:11:28 | 13:11:28 | 13:11:40
                """,
            expected: columns + "internal | - | 101 | answered | 0 | 42 | 0"
        ),
        CallScenario(
            name: "A phone picks up what another one's was",
            legs: """
                channel      | dstchannel  | src         | dst | dcontext | lastapp | start    | answer   | end
                PJSIP/line-0 | PJSIP/101-1 | 79161234567 | 101 | in       | Dial    | 13:11:18 | -        | 13:11:28
                PJSIP/line-0 | PJSIP/102-2 | 79161234567 | 101 | in       | Dial    | 13:11:18 | 13:11:28 | 13:11:58
                """,
            expected: columns + "inbound | +79161234567 | 102 | answered | 10 | 30 | 0"
        ),
        CallScenario(
            name: "The log ends in the middle of the talk, and the leg knows how it went on",
            legs: """
                channel      | dstchannel  | src         | dst | lastapp | lastdata  | start    | answer   | end
                PJSIP/line-0 | PJSIP/101-1 | 79161234567 | 400 | Queue   | support,t | 13:11:18 | 13:11:18 | 13:12:18
                """,
            queueLog: """
                13:11:18|.2|support|NONE |ENTERQUEUE||79161234567|1
                13:11:28|.2|support|Alice|CONNECT|10|x.3|9
                """,
            expected: columns + "inbound | +79161234567 | 101 | answered | 10 | 50 | 0"
        ),
        CallScenario(
            name: "A second stay in the queue that the log lacks",
            legs: """
                channel      | dstchannel  | src         | dst | lastapp | lastdata  | start    | answer   | end
                PJSIP/line-0 | PJSIP/101-1 | 79161234567 | 400 | Queue   | Support,t | 13:11:18 | 13:11:28 | 13:11:48
                PJSIP/line-0 | PJSIP/102-2 | 79161234567 | 400 | Queue   | Support,t | 13:12:00 | 13:12:10 | 13:12:40
                """,
            queueLog: """
                13:11:18|.2|support|NONE |ENTERQUEUE||79161234567|1
                13:11:28|.2|support|Alice|CONNECT|10|x.3|9
                13:11:48|.2|support|Alice|BLINDTRANSFER|400|q|10|20|1
                """,
            expected: columns + "inbound | +79161234567 | 101 | answered | 10 | 50 | 1"
        ),
    ]

    @Test(arguments: lines + withheld + codes + alone + replaced)
    func `a call is what its legs mean`(_ scenario: CallScenario) throws {
        #expect(try scenario.assembled() == scenario.expectedRow)
    }
}
