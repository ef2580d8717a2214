import ManagerProtocol
import Testing

/// Events as `time Name field=value…`, and the queue_log lines that Asterisk writes for them.
struct QueueLogFixture: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let events: String
    let lines: [String]

    init(_ name: String, _ events: String, _ lines: String...) {
        testDescription = name
        self.events = events
        self.lines = lines
    }

    private static let join = "100.9 QueueCallerJoin Queue=support Uniqueid=1.1 CallerIDNum=+4930 Position=2\n"
    private static let entered = "100|1.1|support|NONE|ENTERQUEUE||+4930|2"
    private static let connect =
        "104.1 QueueCallerLeave Queue=support Uniqueid=1.1 Position=1\n"
        + "104.1 AgentConnect Queue=support Uniqueid=1.1 MemberName=Bob Interface=PJSIP/2 HoldTime=4 RingTime=3 DestUniqueid=1.2\n"
    private static let connected = "104|1.1|support|Bob|CONNECT|4|1.2|3"

    static let all = [
        QueueLogFixture(
            "answered, ended by the agent",
            join + connect
                + "129 AgentComplete Queue=support Uniqueid=1.1 MemberName=Bob HoldTime=4 TalkTime=25 Reason=agent",
            entered,
            connected,
            "129|1.1|support|Bob|COMPLETEAGENT|4|25|2"
        ),
        QueueLogFixture(
            "the caller's channel was gone before the call was complete",
            join + connect + "129 AgentComplete Queue=sales MemberName=Bob HoldTime=4 TalkTime=25 Reason=agent\n"
                + "129 AgentComplete Queue=support MemberName=Eve HoldTime=4 TalkTime=25 Reason=agent\n"
                + "129 AgentComplete Queue=support MemberName=Bob HoldTime=4 TalkTime=25 Reason=caller",
            entered,
            connected,
            "129|1.1|support|Bob|COMPLETECALLER|4|25|2"
        ),
        QueueLogFixture(
            "transferred",
            join + connect + "120 BlindTransfer TransfereeUniqueid=1.1 Extension=401 Context=q Result=Success\n"
                + "120 AgentComplete Queue=support Uniqueid=1.1 MemberName=Bob HoldTime=4 TalkTime=16 Reason=transfer",
            entered,
            connected,
            "120|1.1|support|Bob|BLINDTRANSFER|401|q|4|16|2"
        ),
        QueueLogFixture(
            "abandoned: the leaving after it is the same caller's",
            join + "107 QueueCallerAbandon Queue=support Uniqueid=1.1 Position=1 OriginalPosition=2 HoldTime=6\n"
                + "107 QueueCallerLeave Queue=support Uniqueid=1.1\n120 QueueMemberStatus Queue=support Interface=x",
            entered,
            "107|1.1|support|NONE|ABANDON|1|2|6"
        ),
        QueueLogFixture(
            "left without an answer: known once nothing followed",
            join
                + "125.5 QueueCallerLeave Queue=support Uniqueid=1.1\n126 Hangup Uniqueid=9.9\n128 Hangup Uniqueid=9.9",
            entered,
            "125|1.1|support|NONE|EXITWITHTIMEOUT|1|2|25"
        ),
        QueueLogFixture(
            "rang in vain, by the interface where there is no name",
            "110 AgentRingNoAnswer Queue=support Uniqueid=1.1 Interface=PJSIP/3 RingTime=8000",
            "110|1.1|support|PJSIP/3|RINGNOANSWER|8000"
        ),
        QueueLogFixture(
            "members and pauses",
            "10 QueueMemberAdded Queue=support MemberName=Bob Interface=PJSIP/2 Paused=0\n"
                + "11 QueueMemberPause Queue=support MemberName=Bob Paused=1 PausedReason=a|b\n"
                + "12 QueueMemberPause Queue=support MemberName=Bob Paused=0\n13 QueueMemberRemoved Queue=support MemberName=Bob",
            "10|MANAGER|support|Bob|ADDMEMBER",
            "11|NONE|support|Bob|PAUSE|a_b",
            "12|NONE|support|Bob|UNPAUSE",
            "13|MANAGER|support|Bob|REMOVEMEMBER"
        ),
    ]
}

@Suite struct QueueLogWriterTests {
    @Test(arguments: QueueLogFixture.all) func linesAreAsterisks(_ fixture: QueueLogFixture) {
        var writer = QueueLogWriter()
        let lines = fixture.events.split(separator: "\n").flatMap { text in
            let words = text.split(separator: " ").map(String.init)
            var headers = [("Event", words[1]), ("Timestamp", words[0])]
            for word in words.dropFirst(2) {
                let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
                headers.append((parts[0], parts[1]))
            }
            let event = Message(headers: headers.map { .init(name: Array($0.0.utf8), value: Array($0.1.utf8)) })
            return writer.lines(for: event, at: 0)
        }
        #expect(lines == fixture.lines)
    }
}
