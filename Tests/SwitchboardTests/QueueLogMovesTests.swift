import Base
import Switchboard
import Testing
import TestSupport

/// Callers whom somebody moves, and the lines that Asterisk writes for them.
@Suite struct QueueLogMovesTests {
    struct Move: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let events: String
        let lines: [String]
    }

    static let moves = [
        // app_queue subtracts whole seconds: from 100 to 103, although hardly more than two have passed.
        Move(
            testDescription: "the wait of a key exit is counted in whole seconds",
            events: "100.9 joins q 1.1 1\n103.1 left q 1.1\n103.1 runs 1.1 7",
            lines: ["100|1.1|q|NONE|ENTERQUEUE|||1", "103|1.1|q|NONE|EXITWITHKEY|7|1|1|3"]
        ),
        Move(
            testDescription: "a waiting caller who is sent to digits has pressed no key",
            events: "100 joins q 1.1 1\n109 abandons q 1.1 9\n109 left q 1.1\n109 runs 1.1 800",
            lines: ["100|1.1|q|NONE|ENTERQUEUE|||1", "109|1.1|q|NONE|ABANDON|1|1|9"]
        ),
        Move(
            testDescription: "a waiting caller who is sent to another queue is abandoned here and visits that one",
            events: """
                99 runs 1.1 300
                100 joins q 1.1 1
                109 abandons q 1.1 9
                109 left q 1.1
                109 joins other 1.1 1
                120 connects other 1.1 Ann 11
                150 completes other 1.1 Ann 11 30 caller
                """,
            lines: [
                "100|1.1|q|NONE|ENTERQUEUE|||1", "109|1.1|q|NONE|ABANDON|1|1|9", "109|1.1|other|NONE|ENTERQUEUE|||1",
                "120|1.1|other|Ann|CONNECT|11|9.9|1", "150|1.1|other|Ann|COMPLETECALLER|11|30|1",
            ]
        ),
        Move(
            testDescription: "a caller whom the queue gave up has a status before continuing",
            events: """
                100 joins q 1.1 1
                130 abandons q 1.1 30
                130 left q 1.1
                130 status 1.1 TIMEOUT
                130 runs 1.1 800
                """,
            lines: ["100|1.1|q|NONE|ENTERQUEUE|||1", "130|1.1|q|NONE|EXITWITHTIMEOUT|1|1|30"]
        ),
        // For Asterisk, the first conversation ends when the call ends, after the second visit was answered.
        Move(
            testDescription: "a talking caller who enters the same queue again keeps both visits",
            events: """
                100 joins q 1.1 1
                104 connects q 1.1 Ann 4
                120 joins q 1.1 2
                126 connects q 1.1 Bob 6
                150 completes q 1.1 Ann 4 16 caller
                160 completes q 1.1 Bob 6 34 agent
                """,
            lines: [
                "100|1.1|q|NONE|ENTERQUEUE|||1", "104|1.1|q|Ann|CONNECT|4|9.9|1", "120|1.1|q|NONE|ENTERQUEUE|||2",
                "126|1.1|q|Bob|CONNECT|6|9.9|1", "150|1.1|q|Ann|COMPLETECALLER|4|16|1",
                "160|1.1|q|Bob|COMPLETEAGENT|6|34|2",
            ]
        ),
        Move(
            testDescription: "the end of the first visit does not take the waiting second one away",
            events: """
                100 joins q 1.1 1
                104 connects q 1.1 Ann 4
                120 joins q 1.1 2
                125 completes q 1.1 Ann 4 16 caller
                131 abandons q 1.1 11
                131 left q 1.1
                131 ends 1.1
                """,
            lines: [
                "100|1.1|q|NONE|ENTERQUEUE|||1", "104|1.1|q|Ann|CONNECT|4|9.9|1", "120|1.1|q|NONE|ENTERQUEUE|||2",
                "125|1.1|q|Ann|COMPLETECALLER|4|16|1", "131|1.1|q|NONE|ABANDON|1|1|11",
            ]
        ),
    ]

    @Test(arguments: moves) func `lines are those that Asterisk writes`(move: Move) {
        var writer = QueueLogWriter()
        let lines = Script.events(move.events).flatMap { writer.lines(for: $0.event, at: $0.at) }
        #expect(lines == move.lines)
    }

    @Test func `callers who left without a further event are written at the end, once`() {
        var writer = QueueLogWriter()
        for (event, time) in Script.events("100 joins q 1.1 1\n109 abandons q 1.1 9\n109 left q 1.1") {
            _ = writer.lines(for: event, at: time)
        }
        #expect(writer.lines(at: 110).isEmpty)
        #expect(writer.lastLines(at: 110) == ["109|1.1|q|NONE|ABANDON|1|1|9"])
        #expect(writer.lastLines(at: 111).isEmpty)
    }

    @Test(arguments: [Moment.distantPast, .distantFuture])
    func `an impossible time stops nothing`(time: Moment) {
        var writer = QueueLogWriter()
        var calls = ActiveCalls()
        var board = QueueBoard()
        for event in Script.events("1 joins q 1.1 1\n2 created 1.1 1.1\n3 left q 1.1\n4 ends 1.1").map(\.event) {
            _ = writer.lines(for: event, at: time)
            calls.apply(event, at: time)
            board.apply(event, at: time)
        }
        _ = writer.lines(at: time)
        #expect(calls.calls.isEmpty)
        #expect(board["q"]?.callers.isEmpty == true)
    }
}
