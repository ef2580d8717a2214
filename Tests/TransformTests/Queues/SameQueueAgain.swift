extension VisitCase {
    /// An agent transfers the caller back into the same queue; the log has the end of one visit and the beginning of the
    /// next in the same second, in either order.
    static let sameQueueAgain = [
        // As logged by Asterisk 22, when the blind transfer and the hang-up coincided.
        VisitCase(
            name: "Back into the queue that it left in this very second, and hung up at once",
            log: """
                100|c|a|NONE |ENTERQUEUE||x|2
                112|c|a|Helen|CONNECT|12|u|4
                115|c|a|Helen|BLINDTRANSFER|401|ext-queues|12|3|2
                115|c|a|NONE |ENTERQUEUE||x|1
                115|c|a|NONE |ABANDON|1|1|0
                """,
            visits: """
                a 1 100 112 115 answered  12 4 3 Helen to 401@ext-queues
                a 2 115 -   115 abandoned 0  - - -     -
                """
        ),
        VisitCase(
            name: "Back into the queue that it left in this very second, and served within it",
            log: """
                100|c|a|NONE |ENTERQUEUE||x|2
                112|c|a|Helen|CONNECT|12|u|4
                115|c|a|Helen|BLINDTRANSFER|401|ext-queues|12|3|2
                115|c|a|NONE |ENTERQUEUE||x|1
                115|c|a|Anton|CONNECT|0|v|0
                115|c|a|Anton|COMPLETEAGENT|0|0|1
                """,
            visits: """
                a 1 100 112 115 answered 12 4 3 Helen to 401@ext-queues
                a 2 115 115 115 answered 0  0 0 Anton agent
                """
        ),
        VisitCase(
            name: "The transfer is logged after the caller is in the queue again, which happens now and then",
            log: """
                100|c|a|NONE |ENTERQUEUE||x|2
                112|c|a|Helen|CONNECT|12|u|4
                114|c|a|NONE |ENTERQUEUE||x|1
                115|c|a|Helen|BLINDTRANSFER|401|ext-queues|12|3|2
                120|c|a|NONE |ABANDON|1|1|6
                """,
            visits: """
                a 1 100 112 115 answered  12 4 3 Helen to 401@ext-queues
                a 2 114 -   120 abandoned 6  - - -     -
                """
        ),
        VisitCase(
            name: "The same after an announcement to the agent, which no logged length has",
            log: """
                100|c|a|NONE |ENTERQUEUE||x|2
                122|c|a|Helen|CONNECT|12|u|4
                125|c|a|Helen|BLINDTRANSFER|401|ext-queues|12|3|2
                125|c|a|NONE |ENTERQUEUE||x|1
                125|c|a|NONE |ABANDON|1|1|0
                """,
            visits: """
                a 1 100 122 125 answered  12 4 3 Helen to 401@ext-queues
                a 2 125 -   125 abandoned 0  - - -     -
                """
        ),
        VisitCase(
            name: "The first talk ends in the log when the call does, long after the second one began",
            log: """
                100|c|a|NONE |ENTERQUEUE||x|1
                112|c|a|Helen|CONNECT|12|u|4
                120|c|a|NONE |ENTERQUEUE||x|1
                125|c|a|Anton|CONNECT|5|v|3
                150|c|a|Helen|COMPLETECALLER|12|38|1
                150|c|a|Anton|COMPLETECALLER|5|25|1
                """,
            visits: """
                a 1 100 112 150 answered 12 4 38 Helen caller
                a 2 120 125 150 answered 5  3 25 Anton caller
                """
        ),
        VisitCase(
            name: "The first talk ends in the log after the caller has given up the second wait",
            log: """
                100|c|a|NONE |ENTERQUEUE||x|1
                112|c|a|Helen|CONNECT|12|u|4
                120|c|a|NONE |ENTERQUEUE||x|1
                140|c|a|NONE |ABANDON|1|1|20
                140|c|a|Helen|COMPLETECALLER|12|28|1
                """,
            visits: """
                a 1 100 112 140 answered  12 4 28 Helen caller
                a 2 120 -   140 abandoned 20 - -  -     -
                """
        ),
        VisitCase(
            name: "The first talk ends in the log after the caller has pressed a key",
            log: """
                100|c|a|NONE |ENTERQUEUE||x|1
                112|c|a|Helen|CONNECT|12|u|4
                120|c|a|NONE |ENTERQUEUE||x|1
                130|c|a|NONE |EXITWITHKEY|1|1|1|10
                145|c|a|Helen|COMPLETEAGENT|12|33|1
                """,
            visits: """
                a 1 100 112 145 answered 12 4 33 Helen agent
                a 2 120 -   130 exit_key 10 - -  -     1
                """
        ),
        VisitCase(
            name: "Two spellings of one queue",
            log: """
                100|c|Support|NONE |ENTERQUEUE||x|1
                112|c|support|Helen|CONNECT|12|u|4
                120|c|support|Helen|COMPLETEAGENT|12|8|1
                130|c|SUPPORT|NONE |ENTERQUEUE||x|1
                140|c|Support|NONE |ABANDON|1|1|10
                """,
            visits: """
                support 1 100 112 120 answered  12 4 8 Helen agent
                SUPPORT 2 130 -   140 abandoned 10 - - -     -
                """
        ),
    ]
}
