import Base
import CallRecords
import Testing
import TestSupport

@testable import Transform

/// A log, and the resulting visits: `queue entry entered connected left outcome wait ring talk agent ended`.
struct VisitCase: Sendable, CustomTestStringConvertible {
    var name: String
    var log: String
    var restarts: [Moment] = []
    var visits: String
    var testDescription: String { name }
}

@Suite struct QueueVisitTests {
    static let cases = [
        VisitCase(
            name: "Answered, the agent hangs up",
            log: """
                100|c|support|NONE |ENTERQUEUE   ||79161234567|2
                108|c|support|Alice|CONNECT      |8|x.2|5
                168|c|support|Alice|COMPLETEAGENT|8|60|2
                """,
            visits: "support 1 100 108 168 answered 8 5 60 Alice agent"
        ),
        VisitCase(
            name: "The PBX's own figures count, not the differences of log times",
            log: """
                100|c|support|NONE |ENTERQUEUE    ||79161234567|1
                112|c|support|Alice|CONNECT       |8|x.2|5
                175|c|support|Alice|COMPLETECALLER|8|60|1
                """,
            visits: "support 1 100 112 175 answered 8 5 60 Alice caller"
        ),
        VisitCase(
            name: "Connected and complete in one second, and the log begins in between",
            log: """
                108|c|support|Alice|CONNECT      |8|x.2|5
                108|c|support|Alice|COMPLETEAGENT|8|0|2
                """,
            visits: "support 1 100 108 108 answered 8 5 0 Alice agent"
        ),
        VisitCase(
            name: "Connected and complete in one second, noted by a clock that the wait does not fit",
            log: """
                112|c|support|NONE |ENTERQUEUE   ||79161234567|1
                130|c|support|Alice|CONNECT      |8|x.2|5
                130|c|support|Alice|COMPLETEAGENT|8|0|1
                """,
            visits: "support 1 112 130 130 answered 8 5 0 Alice agent"
        ),
        VisitCase(
            name: "Every way to leave unserved",
            log: """
                100|c|a|NONE|ENTERQUEUE||x|3
                110|c|a|NONE|ABANDON|2|3|10
                200|c|b|NONE|ENTERQUEUE||x|1
                230|c|b|NONE|EXITWITHTIMEOUT|1|1|30
                300|c|c|NONE|ENTERQUEUE||x|1
                305|c|c|NONE|EXITEMPTY|1|1|5
                400|c|d|NONE|ENTERQUEUE||x|4
                407|c|d|NONE|EXITWITHKEY|1|4|4|7
                500|c|e|NONE|ENTERQUEUE||x|1
                509|c|e|NONE|WITHDRAW|1|1|9|moved by hand
                """,
            visits: """
                a 1 100 - 110 abandoned  10 - - - -
                b 1 200 - 230 timed_out  30 - - - -
                c 1 300 - 305 exit_empty  5 - - - -
                d 1 400 - 407 exit_key    7 - - - 1
                e 1 500 - 509 withdrawn   9 - - - -
                """
        ),
        VisitCase(
            name: "Old short forms: the wait is the difference",
            log: """
                100|c|a|NONE|ENTERQUEUE||x
                130|c|a|NONE|EXITWITHTIMEOUT|1
                200|c|b|NONE|ENTERQUEUE||x
                212|c|b|NONE|ABANDON
                300|c|d|NONE|ENTERQUEUE||x
                307|c|d|NONE|EXITWITHKEY|*|2
                400|c|e|NONE|ENTERQUEUE||x
                404|c|e|SIP/1|CONNECT|4
                424|c|e|SIP/1|COMPLETEAGENT
                """,
            visits: """
                a 1 100 -   130 timed_out 30 - -  -     -
                b 1 200 -   212 abandoned 12 - -  -     -
                d 1 300 -   307 exit_key   7 - -  -     *
                e 1 400 404 424 answered   4 - 20 SIP/1 agent
                """
        ),
        VisitCase(
            name: "Transfers: their lengths are in other fields, LINK's yet one further",
            log: """
                100|c|a|NONE|ENTERQUEUE||x|1
                105|c|a|A|CONNECT|5|u|4
                125|c|a|A|BLINDTRANSFER|104|from-internal|5|20|1
                200|c|b|NONE|ENTERQUEUE||x|1
                205|c|b|A|CONNECT|5|u|4
                225|c|b|A|ATTENDEDTRANSFER|BRIDGE|3f2a|5|20|1
                300|c|d|NONE|ENTERQUEUE||x|1
                305|c|d|A|CONNECT|5|u|4
                325|c|d|A|ATTENDEDTRANSFER|LINK|PJSIP/a-1|PJSIP/b-2|5|20|1
                400|c|e|NONE|ENTERQUEUE||x|1
                405|c|e|A|CONNECT|5|u|4
                425|c|e|A|TRANSFER|104|from-internal|5|20
                500|c|f|NONE|ENTERQUEUE||x|1
                505|c|f|A|CONNECT|5|u|4
                525|c|f|A|ATTENDEDTRANSFER|APP|Queue|5|20|1
                """,
            visits: """
                a 1 100 105 125 answered 5 4 20 A to 104@from-internal
                b 1 200 205 225 answered 5 4 20 A to 3f2a
                d 1 300 305 325 answered 5 4 20 A to PJSIP/a-1
                e 1 400 405 425 answered 5 4 20 A to 104@from-internal
                f 1 500 505 525 answered 5 4 20 A to Queue
                """
        ),
        VisitCase(
            // This log is from xivo-dao's tests (wazo-platform): queue1, queue2, a blind transfer back, queue1, queue2.
            name: "The same call through the same queues twice",
            log: """
                100|1681302917.231273|queue1|NONE |ENTERQUEUE     ||1001|1
                115|1681302917.231273|queue1|NONE |EXITWITHTIMEOUT|1|1|15
                115|1681302917.231273|queue2|NONE |ENTERQUEUE     ||1001|1
                120|1681302917.231273|queue2|Anna |CONNECT        |5|u|5
                130|1681302917.231273|queue2|Anna |BLINDTRANSFER  |3001|default|5|10|1
                130|1681302917.231273|queue1|NONE |ENTERQUEUE     ||1001|1
                145|1681302917.231273|queue1|NONE |EXITWITHTIMEOUT|1|1|15
                145|1681302917.231273|queue2|NONE |ENTERQUEUE     ||1001|1
                149|1681302917.231273|queue2|Boris|CONNECT        |4|u|4
                160|1681302917.231273|queue2|Boris|COMPLETECALLER |4|11|1
                """,
            visits: """
                queue1 1 100 -   115 timed_out 15 - -  -     -
                queue2 1 115 120 130 answered  5  5 10 Anna  to 3001@default
                queue1 2 130 -   145 timed_out 15 - -  -     -
                queue2 2 145 149 160 answered  4  4 11 Boris caller
                """
        ),
        VisitCase(
            name: "Back into the queue that it left in this very second, and answered at once",
            log: """
                100|c|a|NONE |ENTERQUEUE     ||x|1
                130|c|a|NONE |EXITWITHTIMEOUT|1|1|30
                130|c|a|NONE |ENTERQUEUE     ||x|1
                130|c|a|Alice|CONNECT        |0|u|0
                140|c|a|Alice|COMPLETEAGENT  |0|10|1
                """,
            visits: """
                a 1 100 -   130 timed_out 30 - -  -     -
                a 2 130 130 140 answered  0  0 10 Alice agent
                """
        ),
        VisitCase(
            name: "Unanswered rings are not visits, whatever their unit",
            log: """
                100|c|a|NONE |ENTERQUEUE   ||x|1
                108|c|a|Alice|RINGNOANSWER |8000
                110|c|a|Bob  |RINGCANCELED |1500
                110|c|a|NONE |ABANDON      |1|1|10
                """,
            visits: "a 1 100 - 110 abandoned 10 - - - -"
        ),
        VisitCase(
            name: "Hung up during the agent's announcement: ABANDON twice, with and without the agent",
            log: """
                100|c|a|NONE |ENTERQUEUE||x|1
                112|c|a|Alice|ABANDON|1|1|12
                112|c|a|NONE |ABANDON|1|1|12
                """,
            visits: "a 1 100 - 112 abandoned 12 - - - -"
        ),
        VisitCase(
            name: "The same a second apart",
            log: """
                100|c|a|NONE |ENTERQUEUE||x|1
                112|c|a|Alice|ABANDON|1|1|12
                113|c|a|NONE |ABANDON|1|1|13
                """,
            visits: "a 1 100 - 112 abandoned 12 - - - -"
        ),
        VisitCase(
            name: "The agent hangs up during the announcement, and nothing follows: not served",
            log: """
                100|c|a|NONE |ENTERQUEUE||x|1
                112|c|a|Alice|AGENTDUMP|
                """,
            visits: "a 1 100 - 112 unserved 12 - - - -"
        ),
        VisitCase(
            name: "The agent's phone has no codec in common, and the caller leaves: abandoned",
            log: """
                100|c|a|NONE |ENTERQUEUE||x|1
                112|c|a|Alice|SYSCOMPAT
                115|c|a|NONE |ABANDON|1|1|15
                """,
            visits: "a 1 100 - 115 abandoned 15 - - - -"
        ),
        VisitCase(
            name: "An agent is lost, another one answers",
            log: """
                100|c|a|NONE |ENTERQUEUE||x|1
                112|c|a|Alice|AGENTDUMP|
                120|c|a|Bob  |CONNECT|20|u|3
                150|c|a|Bob  |COMPLETECALLER|20|30|1
                """,
            visits: "a 1 100 120 150 answered 20 3 30 Bob caller"
        ),
        VisitCase(
            name: "Answered stays answered, whatever comes after",
            log: """
                100|c|a|NONE |ENTERQUEUE||x|1
                112|c|a|Alice|CONNECT|12|u|3
                130|c|a|NONE |ABANDON|1|1|30
                140|c|a|Alice|AGENTDUMP
                """,
            visits: "a 1 100 112 130 answered 12 3 - Alice -"
        ),
        VisitCase(
            name: "Answered, no end, the PBX restarts: answered, its talk unknown",
            log: """
                100|c|a|NONE |ENTERQUEUE||x|1
                112|c|a|Alice|CONNECT|12|u|3
                """,
            restarts: [5000],
            visits: "a 1 100 112 - answered 12 3 - Alice -"
        ),
        VisitCase(
            name: "Waiting when the PBX restarts: not served; how long is unknown",
            log: "100|c|a|NONE|ENTERQUEUE||x|1",
            restarts: [50, 5000, 9000],
            visits: "a 1 100 - 5000 unserved - - - - -"
        ),
        VisitCase(
            name: "Waiting still",
            log: "100|c|a|NONE|ENTERQUEUE||x|1",
            restarts: [50],
            visits: "a 1 100 - - in_progress - - - - -"
        ),
        VisitCase(
            name: "In the queue again without having left it: the log lost the end",
            log: """
                100|c|a|NONE|ENTERQUEUE||x|1
                150|c|a|NONE|ENTERQUEUE||x|1
                155|c|a|NONE|ABANDON|1|1|5
                """,
            visits: """
                a 1 100 - 150 unserved  - - - - -
                a 2 150 - 155 abandoned 5 - - - -
                """
        ),
        VisitCase(
            name: "Every event again a second later, as in a table next to the file",
            log: """
                100|c|a|NONE |ENTERQUEUE    ||x|1
                101|c|a|NONE |ENTERQUEUE    ||x|1
                112|c|a|Alice|CONNECT       |12|u|3
                113|c|a|Alice|CONNECT       |12|u|3
                130|c|a|Alice|COMPLETECALLER|12|18|1
                131|c|a|Alice|COMPLETECALLER|12|18|1
                """,
            visits: "a 1 100 112 130 answered 12 3 18 Alice caller"
        ),
        VisitCase(
            name: "In two queues at once, as the log has it when one line was lost",
            log: """
                100|c|a|NONE |ENTERQUEUE||x|1
                150|c|b|NONE |ENTERQUEUE||x|1
                155|c|b|Alice|CONNECT|5|u|4
                165|c|b|Alice|COMPLETEAGENT|5|10|1
                """,
            visits: """
                a 1 100 -   -   in_progress - - -  -     -
                b 1 150 155 165 answered    5 4 10 Alice agent
                """
        ),
        VisitCase(
            name: "The log begins with CONNECT",
            log: """
                112|c|a|Alice|CONNECT|12|u|3
                142|c|a|Alice|COMPLETEAGENT|12|30|1
                """,
            visits: "a 1 100 112 142 answered 12 3 30 Alice agent"
        ),
        VisitCase(
            name: "The log begins with the end of a talk",
            log: "142|c|a|Alice|COMPLETEAGENT|12|30|1",
            visits: "a 1 100 112 142 answered 12 - 30 Alice agent"
        ),
        VisitCase(
            name: "The log begins with the end of a wait",
            log: "142|c|a|NONE|ABANDON|1|4|42",
            visits: "a 1 100 - 142 abandoned 42 - - - -"
        ),
        VisitCase(
            name: "Invalid lengths",
            log: """
                100|c|a|NONE |ENTERQUEUE||x|one
                112|c|a|Alice|CONNECT|-7|u|many
                142|c|a|Alice|COMPLETEAGENT|99999999999|30.9|1
                """,
            visits: "a 1 100 112 142 answered 12 - 30 Alice agent"
        ),
    ]

    @Test(arguments: cases + VisitCase.sameQueueAgain) func visits(_ example: VisitCase) {
        let visits = VisitMachine.visits(of: VisitTable.events(example.log), restarts: example.restarts)
        #expect(VisitTable.rows(visits) == VisitTable.squeezed(example.visits))
    }

    @Test("Every order of the events of a second gives the same", arguments: cases + VisitCase.sameQueueAgain)
    func orders(_ example: VisitCase) {
        let events = VisitTable.events(example.log)
        let expected = VisitMachine.visits(of: events, restarts: example.restarts)
        for order in Self.orders(within: events) {
            #expect(VisitMachine.visits(of: order, restarts: example.restarts) == expected)
        }
    }

    @Test("A whole call within one second, in all 120 orders")
    func crowdedSecond() {
        let events = VisitTable.events(
            """
            100|c|a|NONE |ENTERQUEUE   ||x|1
            100|c|a|Alice|CONNECT      |0|u|0
            100|c|a|Alice|BLINDTRANSFER|401|q|0|0|1
            100|c|b|NONE |ENTERQUEUE   ||x|1
            100|c|b|NONE |ABANDON      |1|1|0
            """
        )
        let orders = Self.orders(within: events)
        #expect(orders.count == 120)
        let expected = """
            a 1 100 100 100 answered 0 0 0 Alice to 401@q
            b 1 100 - 100 abandoned 0 - - - -
            """
        for order in orders {
            #expect(VisitTable.rows(VisitMachine.visits(of: order, restarts: [])) == expected)
        }
    }

    /// The same events, with those of one second in every order; one second is shuffled at a time.
    static func orders(within events: [QueueEvent]) -> [[QueueEvent]] {
        var all: [[QueueEvent]] = [[]]
        var rest = events[...]
        while let first = rest.first {
            let second = Array(rest.prefix { $0.at == first.at })
            rest = rest.dropFirst(second.count)
            let orders = permutations(second)
            all = all.flatMap { begin in orders.map { begin + $0 } }
        }
        return all
    }

    static func permutations<Element>(_ elements: [Element]) -> [[Element]] {
        if elements.count < 2 { return [elements] }
        return elements.indices.flatMap { index in
            var rest = elements
            let first = rest.remove(at: index)
            return permutations(rest).map { [first] + $0 }
        }
    }
}
