import AMI
import AMIClient
import Base
import Switchboard
import Testing
import TestSupport

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
            "abandoned: the leave event after it is from the same caller",
            join + "107 QueueCallerAbandon Queue=support Uniqueid=1.1 Position=1 OriginalPosition=2 HoldTime=6\n"
                + "107 QueueCallerLeave Queue=support Uniqueid=1.1\n107 Hangup Uniqueid=1.1\n120 QueueMemberStatus Queue=support Interface=x",
            entered,
            "107|1.1|support|NONE|ABANDON|1|2|6"
        ),
        QueueLogFixture(
            "waited too long: the PBX says why the caller left",
            join + "125.5 QueueCallerLeave Queue=support Uniqueid=1.1 Position=1\n"
                + "125.5 VarSet Uniqueid=9.9 Variable=QUEUESTATUS Value=LEAVEEMPTY\n"
                + "125.5 VarSet Uniqueid=1.1 Variable=OTHER Value=LEAVEEMPTY\n"
                + "125.5 VarSet Uniqueid=1.1 Variable=QUEUESTATUS Value=TIMEOUT\n"
                + "125.6 Newexten Uniqueid=1.1 Extension=5 Priority=1\n130 Hangup Uniqueid=1.1",
            entered,
            "125|1.1|support|NONE|EXITWITHTIMEOUT|1|2|25"
        ),
        QueueLogFixture(
            "given up by the queue: the PBX reports it like a caller who hangs up",
            join + "125.5 QueueCallerAbandon Queue=support Uniqueid=1.1 Position=1 OriginalPosition=2 HoldTime=24\n"
                + "125.5 QueueCallerLeave Queue=support Uniqueid=1.1 Position=1\n"
                + "125.5 VarSet Uniqueid=1.1 Variable=QUEUESTATUS Value=TIMEOUT\n125.6 Hangup Uniqueid=1.1",
            entered,
            "125|1.1|support|NONE|EXITWITHTIMEOUT|1|2|24"
        ),
        QueueLogFixture(
            "given up by the queue, without events of the class dialplan",
            join + "125.5 QueueCallerAbandon Queue=support Uniqueid=1.1 Position=1 OriginalPosition=2 HoldTime=24\n"
                + "150 Hangup Uniqueid=1.1",
            entered,
            "125|1.1|support|NONE|EXITWITHTIMEOUT|1|2|24"
        ),
        QueueLogFixture(
            "no members left",
            join + "125.5 QueueCallerLeave Queue=support Uniqueid=1.1 Position=2\n"
                + "125.5 VarSet Uniqueid=1.1 Variable=QUEUESTATUS Value=LEAVEUNAVAIL",
            entered,
            "125|1.1|support|NONE|EXITEMPTY|2|2|25"
        ),
        QueueLogFixture(
            "taken out by a manager",
            join + "125.5 QueueCallerLeave Queue=support Uniqueid=1.1 Position=2\n"
                + "125.5 VarSet Uniqueid=1.1 Variable=QUEUESTATUS Value=WITHDRAW",
            entered,
            "125|1.1|support|NONE|WITHDRAW|2|2|25"
        ),
        QueueLogFixture(
            "left with a key: the dialplan continues at the extension of that name",
            join + "125.5 QueueCallerLeave Queue=support Uniqueid=1.1 Position=2\n"
                + "125.5 Newexten Uniqueid=1.1 Extension=400 Priority=3\n"
                + "125.6 Newexten Uniqueid=1.1 Extension=1 Priority=1",
            entered,
            "125|1.1|support|NONE|EXITWITHKEY|1|2|2|25"
        ),
        QueueLogFixture(
            "left for an unknown reason: known when the call ends",
            join + "125.5 QueueCallerLeave Queue=support Uniqueid=1.1 Position=1\n"
                + "128 Hangup Uniqueid=9.9\n140 Hangup Uniqueid=1.1",
            entered,
            "125|1.1|support|NONE|EXITWITHTIMEOUT|1|2|25"
        ),
        QueueLogFixture(
            "an announcement to the agent does not count as waiting",
            join + "104 QueueCallerLeave Queue=support Uniqueid=1.1 Position=1\n"
                + "120 AgentConnect Queue=support Uniqueid=1.1 MemberName=Bob HoldTime=4 RingTime=3 DestUniqueid=1.2\n"
                + "129 AgentDump Queue=support Uniqueid=1.1 MemberName=Bob",
            entered,
            "120|1.1|support|Bob|CONNECT|4|1.2|3",
            "129|1.1|support|Bob|AGENTDUMP"
        ),
        QueueLogFixture(
            "the same queue once more",
            join + connect
                + "129 AgentComplete Queue=support Uniqueid=1.1 MemberName=Bob HoldTime=4 TalkTime=25 Reason=agent\n"
                + "130 QueueCallerJoin Queue=support Uniqueid=1.1 CallerIDNum=+4930 Position=1\n"
                + "131 QueueCallerJoin Queue=sales Uniqueid=1.1 CallerIDNum=+4930 Position=1",
            entered,
            connected,
            "129|1.1|support|Bob|COMPLETEAGENT|4|25|2",
            "130|1.1|support|NONE|ENTERQUEUE||+4930|1",
            "131|1.1|sales|NONE|ENTERQUEUE||+4930|1"
        ),
        QueueLogFixture(
            "transferred by hand",
            join + connect
                + "120 AttendedTransfer TransfereeUniqueid=1.1 DestType=Link LocalOneChannel=Local/a;1 LocalTwoChannel=Local/a;2 Result=Success\n"
                + "120 AttendedTransfer TransfereeUniqueid=8.8 DestType=App DestApp=Queue Result=Success\n"
                + "120 AgentComplete Queue=support Uniqueid=1.1 MemberName=Bob HoldTime=4 TalkTime=16 Reason=transfer",
            entered,
            connected,
            "120|1.1|support|Bob|ATTENDEDTRANSFER|LINK|Local/a;1|Local/a;2|4|16|2"
        ),
        QueueLogFixture(
            "the PBX was restarted: written once, and those who waited are gone",
            join + "200 FullyBooted Uptime=20\n205 FullyBooted Uptime=26\n"
                + "206 QueueCallerLeave Queue=support Uniqueid=1.1 Position=1\n207 Hangup Uniqueid=1.1",
            entered,
            "179|NONE|NONE|NONE|QUEUESTART"
        ),
        QueueLogFixture(
            "rang unanswered, by the interface if there is no name",
            "110 AgentRingNoAnswer Queue=support Uniqueid=1.1 Interface=PJSIP/3 RingTime=8000",
            "110|1.1|support|PJSIP/3|RINGNOANSWER|8000"
        ),
        QueueLogFixture(
            "rang when the caller gave up: not those who were busy or did not answer before",
            join + "101 AgentCalled Queue=support Uniqueid=1.1 MemberName=Bob DestUniqueid=2.1\n"
                + "101 AgentCalled Queue=support Uniqueid=1.1 MemberName=Eve DestUniqueid=2.2\n"
                + "101.25 AgentCalled Queue=support Uniqueid=1.1 MemberName=Ann DestUniqueid=2.3\n"
                + "102 DialEnd Uniqueid=1.1 DestUniqueid=2.1 DialStatus=BUSY\n"
                + "104 AgentRingNoAnswer Queue=support Uniqueid=1.1 MemberName=Eve DestUniqueid=2.2 RingTime=3000\n"
                + "104 DialEnd Uniqueid=1.1 DestUniqueid=2.2 DialStatus=CANCEL\n"
                + "107.5 DialEnd Uniqueid=1.1 DestUniqueid=2.3 DialStatus=CANCEL\n"
                + "107.6 DialEnd Uniqueid=1.1 DestUniqueid=2.3 DialStatus=CANCEL\n"
                + "107.9 QueueCallerAbandon Queue=support Uniqueid=1.1 Position=1 OriginalPosition=2 HoldTime=6\n"
                + "108 Hangup Uniqueid=1.1",
            entered,
            "104|1.1|support|Eve|RINGNOANSWER|3000",
            "107|1.1|support|Ann|RINGCANCELED|6250",
            "107|1.1|support|NONE|ABANDON|1|2|6"
        ),
        QueueLogFixture(
            "rang when another member answered",
            join + "101 AgentCalled Queue=support Uniqueid=1.1 MemberName=Bob DestUniqueid=1.2\n"
                + "101 AgentCalled Queue=support Uniqueid=1.1 MemberName=Eve DestUniqueid=2.2\n" + connect
                + "104.1 DialEnd Uniqueid=1.1 DestUniqueid=2.2 DialStatus=CANCEL\n"
                + "105 QueueCallerAbandon Queue=support Uniqueid=1.1 Position=1 OriginalPosition=2 HoldTime=4\n"
                + "105 Hangup Uniqueid=1.1",
            entered,
            connected,
            "105|1.1|support|NONE|ABANDON|1|2|4"
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

extension Message {
    /// An event from a line `time Name field=value…`.
    init(line: Substring) {
        let words = line.split(separator: " ").map(String.init)
        var headers = [("Event", words[1]), ("Timestamp", words[0])]
        for word in words.dropFirst(2) {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            headers.append((parts[0], parts[1]))
        }
        self.init(headers: headers.map { .init(name: Array($0.0.utf8), value: Array($0.1.utf8)) })
    }
}

@Suite struct QueueLogWriterTests {
    @Test(arguments: QueueLogFixture.all) func linesAreAsterisks(_ fixture: QueueLogFixture) {
        var writer = QueueLogWriter()
        let lines = fixture.events.split(separator: "\n").flatMap { text in
            writer.lines(for: Message(line: text), at: Moment(seconds: Int64(text.prefix { $0 != " " }) ?? 0))
        }
        #expect(lines == fixture.lines)
    }

    @Test func `no reason and no time: after a minute it counts as a timeout`() {
        var writer = QueueLogWriter()
        _ = writer.lines(for: Message(line: "100 QueueCallerJoin Queue=q Uniqueid=1.1 Position=1"), at: 0)
        _ = writer.lines(for: Message(line: "110 QueueCallerLeave Queue=q Uniqueid=1.1 Position=1"), at: 0)
        #expect(writer.lines(at: 169).isEmpty)
        #expect(writer.lines(at: 171) == ["110|1.1|q|NONE|EXITWITHTIMEOUT|1|1|10"])
        #expect(writer.lines(at: 999).isEmpty)
    }
}
