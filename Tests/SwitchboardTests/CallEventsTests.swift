import Base
import Switchboard
import Testing

/// Calls, channel by channel, and what software is told about them.
@Suite struct CallEventsTests {
    /// One call into a queue that rings two members, Ann at 101 and Bob at 102.
    private static let ringing = """
        0 new c c PJSIP/trunk-1 500
        2 join support c
        3 new a c PJSIP/101-1
        3 dial c a
        3 call support c PJSIP/101 Ann a
        3 new b c PJSIP/102-1
        3 dial c b
        3 call support c PJSIP/102 Bob b
        4 ring a
        4 ring b

        """

    @Test func `a queue rings two members and one answers`() {
        let lines = CallScript.lines(
            Self.ringing + """
                9 up b
                9 dialled c b ANSWER
                9 dialled c a CANCEL
                9 end a
                9 connect support c PJSIP/102 Bob b
                9 in c x
                9 in b x
                69 out b x
                69 done support c PJSIP/102 Bob b
                69 end b
                69 out c x
                69 end c
                """
        )
        #expect(
            lines == [
                "3 call.ringing c", "3 pop.open Ann", "3 pop.open Bob",
                "9 pop.close Ann answered_elsewhere by Bob", "9 call.answered c by Bob",
                "9 pop.close Bob answered by Bob",
                "69 call.ended c answered wait 7 talk 60",
            ]
        )
    }

    @Test func `the caller hangs up while two phones ring`() {
        let lines = CallScript.lines(
            Self.ringing + """
                12 ask c
                12 dialled c a CANCEL
                12 end a
                12 dialled c b CANCEL
                12 end b
                12 end c
                """
        )
        #expect(
            lines.dropFirst(3) == [
                "12 pop.close Ann abandoned", "12 pop.close Bob abandoned", "12 call.lost c",
                "12 call.ended c lost wait 10 talk 0",
            ]
        )
    }

    /// As a real PBX reports it if the caller's channel is hung up by a request: only the dialling shows it.
    @Test func `phones that are told to stop although nobody answered have lost their caller`() {
        let lines = CallScript.lines(
            Self.ringing + """
                12 dialled c a CANCEL
                12 end a
                12 dialled c b NOANSWER
                12 end b
                """
        )
        #expect(lines.dropFirst(3) == ["12 pop.close Ann abandoned", "12 pop.close Bob no_answer"])
    }

    @Test func `a queue that rings in turns opens one pop after the other`() {
        let lines = CallScript.lines(
            """
            0 new c c PJSIP/trunk-1 500
            0 join support c
            1 new a c PJSIP/101-1
            1 call support c PJSIP/101 Ann a
            2 ring a
            16 rna support c PJSIP/101 Ann a
            16 end a
            20 new b c PJSIP/102-1
            20 call support c PJSIP/102 Bob b
            35 rna support c PJSIP/102 Bob b
            35 end b
            40 new a2 c PJSIP/101-2
            40 call support c PJSIP/101 Ann a2
            44 connect support c PJSIP/101 Ann a2
            44 in c x
            44 in a2 x
            50 end a2
            50 end c
            """
        )
        #expect(
            lines == [
                "1 call.ringing c", "1 pop.open Ann", "16 pop.close Ann no_answer", "20 pop.open Bob",
                "35 pop.close Bob no_answer", "40 pop.open Ann", "44 call.answered c by Ann",
                "44 pop.close Ann answered by Ann", "50 call.ended c answered wait 44 talk 6",
            ]
        )
    }

    /// The channels of a queue's members that are reached through Local channels, with three phones for Ann.
    private static let threePhones = """
        0 new c c PJSIP/trunk-1 500
        0 join support c
        1 new l1 c Local/101@agents-1;1
        1 new l2 c Local/101@agents-1;2
        1 dial c l1
        1 call support c Local/101@agents/n Ann l1
        1 new m1 c Local/102@agents-2;1
        1 new m2 c Local/102@agents-2;2
        1 dial c m1
        1 call support c Local/102@agents/n Bob m1
        2 new p c PJSIP/101-1
        2 dial l2 p
        2 new q c PJSIP/111-1
        2 dial l2 q
        2 new r c SIP/121-1
        2 dial l2 r
        2 new s c PJSIP/102-1
        2 dial m2 s
        3 ring p
        3 ring q
        3 ring r
        3 ring s
        3 ring q

        """

    @Test func `three phones of one agent are one pop, which is closed everywhere on answer`() {
        let lines = CallScript.lines(
            Self.threePhones + """
                8 up q
                8 dialled l2 q ANSWER
                8 dialled l2 p CANCEL
                8 end p
                8 dialled l2 r CANCEL
                8 end r
                8 ring s
                8 up l1
                8 dialled c l1 ANSWER
                8 dialled c m1 CANCEL
                8 end s
                8 end m2
                8 end m1
                8 connect support c Local/101@agents/n Ann l1
                8 in c x
                8 in l1 x
                8 in l2 y
                8 in q y
                9 out q y
                9 out l1 x
                9 in q x
                9 end l1
                9 end l2
                38 end q
                38 end c
                """
        )
        #expect(
            lines == [
                "1 call.ringing c", "1 pop.open Ann", "1 pop.open Bob",
                "8 pop.close Bob answered_elsewhere by Ann", "8 call.answered c by Ann",
                "8 pop.close Ann answered by Ann", "38 call.ended c answered wait 8 talk 30",
            ]
        )
    }

    @Test func `a Local channel that leads to a mailbox has answered for nobody`() {
        let lines = CallScript.lines(
            """
            0 new c c PJSIP/trunk-1 500
            0 join support c
            1 new l1 c Local/101@agents-1;1
            1 new l2 c Local/101@agents-1;2
            1 dial c l1
            1 call support c Local/101@agents/n Ann l1
            5 app l2 VoiceMail
            5 up l2
            5 up l1
            5 dialled c l1 ANSWER
            5 connect support c Local/101@agents/n Ann l1
            5 in c x
            5 in l1 x
            20 end l1
            20 end l2
            20 end c
            """
        )
        #expect(
            lines == [
                "1 call.ringing c", "1 pop.open Ann", "20 pop.close Ann no_answer", "20 call.lost c",
                "20 call.ended c lost wait 20 talk 0",
            ]
        )
    }

    @Test func `a caller who reaches a mailbox was missed`() {
        var machine = CallEventMachine(reader: ThreeDigits())
        let notices = CallScript.events(
            """
            0 new c c PJSIP/trunk-1 101
            1 new a c PJSIP/101-1
            1 dial c a
            2 ring a
            22 dialled c a NOANSWER
            22 end a
            22 up c
            22 app c VoiceMail
            40 ask c
            40 end c
            """
        ).flatMap { machine.take($0.event, at: $0.at) }
        #expect(
            notices.map(CallScript.line) == [
                "2 call.ringing c", "2 pop.open 101", "22 pop.close 101 no_answer", "40 call.missed c",
                "40 call.ended c missed wait 40 talk 0",
            ]
        )
        #expect(notices.last?.call.hasReachedVoicemail == true)
    }

    @Test func `a call that goes back into the queue and is not answered again was answered`() {
        let lines = CallScript.lines(
            Self.ringing + """
                9 dialled c b ANSWER
                9 end a
                9 connect support c PJSIP/102 Bob b
                9 in c x
                9 in b x
                30 out c x
                30 end b
                31 join billing c
                32 new d c PJSIP/103-1
                32 call billing c PJSIP/103 Cid d
                50 ask c
                50 end d
                50 end c
                """
        )
        #expect(
            lines.dropFirst(6) == [
                "32 pop.open Cid", "50 pop.close Cid no_answer", "50 call.ended c answered wait 7 talk 21",
            ]
        )
    }

    @Test func `a consultation becomes part of the call that is transferred`() {
        let lines = CallScript.lines(
            """
            0 new c c PJSIP/trunk-1 101
            1 new a c PJSIP/101-1
            1 ring a
            5 in c x
            5 in a x
            20 new a2 a2 PJSIP/101-2 102
            21 new b a2 PJSIP/102-1
            21 ring b
            25 in a2 y
            25 in b y
            40 out a2 y
            40 out a x
            40 in b x
            40 end a2
            40 end a
            60 end b
            60 end c
            """
        )
        #expect(
            lines == [
                "1 call.ringing c", "1 pop.open 101", "5 call.answered c by 101", "5 pop.close 101 answered by 101",
                "21 call.ringing a2", "21 pop.open 102", "25 call.answered a2 by 102",
                "25 pop.close 102 answered by 102", "40 call.ended a2 merged into c wait 5 talk 15",
                "60 call.ended c answered wait 5 talk 55",
            ]
        )
    }

    @Test func `an agent who lets go before the other answers leaves a pop that the answer closes`() {
        let lines = CallScript.lines(
            """
            0 new c c PJSIP/trunk-1 101
            1 new a c PJSIP/101-1
            1 ring a
            5 in c x
            5 in a x
            20 new a2 a2 PJSIP/101-2 102
            21 new b a2 PJSIP/102-1
            21 ring b
            23 out a x
            23 end a2
            23 end a
            30 in b x
            60 end b
            60 end c
            """
        )
        #expect(
            lines.dropFirst(4) == [
                "21 call.ringing a2", "21 pop.open 102", "30 call.ended a2 merged into c wait 10 talk 0",
                "30 pop.close 102 answered by 102", "60 call.ended c answered wait 5 talk 48",
            ]
        )
    }

    @Test(arguments: [
        // Asterisk reports the pickup; the channel that rang goes on under the taker's name.
        """
        6 new t t PJSIP/103-1 *8
        6 pick t a
        6 end t
        6 dialled c a ANSWER
        6 in a x
        6 in c x
        """,
        // It is shown only by dialling, as where the taker's channel replaces the phone.
        """
        6 new t t PJSIP/103-1 *8
        6 up t
        6 dialled c a CANCEL
        6 dial c t
        6 end a
        6 dialled c t ANSWER
        6 in t x
        6 in c x
        """,
    ])
    func `a call that another phone picks up`(_ pickup: String) {
        let lines = CallScript.lines(
            """
            0 new c c PJSIP/trunk-1 101
            1 new a c PJSIP/101-1
            1 dial c a
            1 ring a
            \(pickup)
            26 end a
            26 end t
            26 end c
            """
        )
        let own = lines.filter { !$0.contains(" t ") }
        #expect(
            own == [
                "1 call.ringing c", "1 pop.open 101", "6 pop.close 101 answered_elsewhere by 103",
                "6 call.answered c by 103", "26 call.ended c answered wait 6 talk 20",
            ]
        )
        #expect(lines.filter { $0.contains("call.ended t") }.count == 1)
    }

    @Test(arguments: [
        // Out of the house, not answered: nobody missed it.
        (
            """
            0 new c c PJSIP/101-1 0123456
            1 new o c PJSIP/trunk-1
            1 dial c o
            3 ring o
            20 dialled c o NOANSWER
            20 end o
            20 end c
            """, ["3 call.ringing c", "20 call.ended c unanswered wait 20 talk 0"]
        ),
        // Answered by the outside.
        (
            """
            0 new c c PJSIP/101-1 0123456
            1 new o c PJSIP/trunk-1
            3 ring o
            8 in c x
            8 in o x
            18 end o
            18 end c
            """,
            ["3 call.ringing c", "8 call.answered c by 101", "18 call.ended c answered wait 8 talk 10"]
        ),
        // A menu, music in a bridge for those who wait, and no phone.
        (
            """
            0 new c c PJSIP/trunk-1 500
            0 up c
            1 app c BackGround
            5 hold c h
            9 end c
            """, ["9 call.ended c unanswered wait 9 talk 0"]
        ),
        // A queue without anybody.
        (
            """
            0 new c c PJSIP/trunk-1 500
            4 join support c
            34 end c
            """, ["34 call.lost c", "34 call.ended c lost wait 30 talk 0"]
        ),
        // Inside the house.
        (
            """
            0 new c c PJSIP/101-1 102
            1 new b c PJSIP/102-1
            1 ring b
            9 ask c
            9 end b
            9 end c
            """,
            [
                "1 call.ringing c", "1 pop.open 102", "9 pop.close 102 abandoned", "9 call.missed c",
                "9 call.ended c missed wait 9 talk 0",
            ]
        ),
        // A click to call: the phone of the one who asked for it rings first.
        (
            """
            0 new c c PJSIP/101-1 0123456
            0 ring c
            4 new o c PJSIP/trunk-1
            9 in c x
            9 in o x
            12 end c
            12 end o
            """, ["9 call.answered c by 101", "12 call.ended c answered wait 9 talk 3"]
        ),
    ])
    func `other calls`(_ table: String, _ expected: [String]) { #expect(CallScript.lines(table) == expected) }

    @Test func `the recording is named by the PBX`() {
        var machine = CallEventMachine(reader: ThreeDigits())
        let notices = CallScript.events(
            """
            0 new c c PJSIP/trunk-1 101
            0 file c /var/spool/asterisk/monitor/c.wav
            9 end c
            """
        ).flatMap { machine.take($0.event, at: $0.at) }
        #expect(notices.map(\.call.recording) == ["/var/spool/asterisk/monitor/c.wav"])
        #expect(notices.map(\.id) == ["c/ended"])
        #expect(machine.count == 0)
    }
}
