import AMI
import Testing

/// An event of an old version, and its name in today's dialect.
struct DialectFixture: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let old: [String]
    let new: [[String]]

    init(_ name: String, _ old: String, _ new: String...) {
        testDescription = name
        self.old = old.split(separator: "; ").map(String.init)
        self.new = new.map { $0.split(separator: "; ").map(String.init) }
    }

    static let all = [
        DialectFixture(
            "11 Dial Begin",
            "Event=Dial; SubEvent=Begin; Channel=SIP/1; Destination=SIP/2; UniqueID=1.1; DestUniqueID=1.2; Dialstring=2",
            "Event=DialBegin; SubEvent=Begin; Channel=SIP/1; DestChannel=SIP/2; Uniqueid=1.1; DestUniqueid=1.2; DialString=2"
        ),
        DialectFixture(
            "11 Dial End",
            "Event=Dial; SubEvent=End; Channel=SIP/1; UniqueID=1.1; DialStatus=BUSY",
            "Event=DialEnd; SubEvent=End; Channel=SIP/1; Uniqueid=1.1; DialStatus=BUSY"
        ),
        DialectFixture(
            "11 Bridge",
            "Event=Bridge; Bridgestate=Link; Channel1=SIP/1; Channel2=SIP/2; Uniqueid1=1.1; Uniqueid2=1.2; CallerID1=7; CallerID2=8",
            "Event=BridgeEnter; BridgeUniqueid=1.1; Channel=SIP/1; Uniqueid=1.1; CallerIDNum=7",
            "Event=BridgeEnter; BridgeUniqueid=1.1; Channel=SIP/2; Uniqueid=1.2; CallerIDNum=8"
        ),
        DialectFixture(
            "1.4 Unlink",
            "Event=Unlink; Channel1=SIP/1; Channel2=SIP/2; Uniqueid1=1.1; Uniqueid2=1.2",
            "Event=BridgeLeave; BridgeUniqueid=1.1; Channel=SIP/1; Uniqueid=1.1; CallerIDNum=",
            "Event=BridgeLeave; BridgeUniqueid=1.1; Channel=SIP/2; Uniqueid=1.2; CallerIDNum="
        ),
        DialectFixture("11 Join", "Event=Join; Queue=q; Uniqueid=1.1", "Event=QueueCallerJoin; Queue=q; Uniqueid=1.1"),
        DialectFixture("11 Leave", "Event=Leave; Queue=q", "Event=QueueCallerLeave; Queue=q"),
        DialectFixture(
            "11 QueueMemberPaused",
            "Event=QueueMemberPaused; Location=SIP/1; MemberName=A; Paused=1; Reason=tea",
            "Event=QueueMemberPause; Interface=SIP/1; MemberName=A; Paused=1; PausedReason=tea"
        ),
        DialectFixture(
            "13 QueueMemberPause",
            "Event=QueueMemberPause; Interface=SIP/1; Reason=tea",
            "Event=QueueMemberPause; Interface=SIP/1; PausedReason=tea"
        ),
        DialectFixture(
            "11 AgentConnect",
            "Event=AgentConnect; Uniqueid=1.1; Channel=SIP/1-1; Member=SIP/1; BridgedChannel=1.2",
            "Event=AgentConnect; Uniqueid=1.1; DestChannel=SIP/1-1; Interface=SIP/1; DestUniqueid=1.2"
        ),
        DialectFixture(
            "11 ParkedCall",
            "Event=ParkedCall; Exten=701; Channel=SIP/1; From=SIP/2; Timeout=45; Uniqueid=1.1",
            "Event=ParkedCall; ParkingSpace=701; ParkeeChannel=SIP/1; ParkerDialString=SIP/2; ParkingTimeout=45; ParkeeUniqueid=1.1"
        ),
        DialectFixture(
            "22 ParkedCall passes",
            "Event=ParkedCall; ParkeeChannel=PJSIP/1; ParkingSpace=701",
            "Event=ParkedCall; ParkeeChannel=PJSIP/1; ParkingSpace=701"
        ),
        DialectFixture(
            "11 Transfer",
            "Event=Transfer; TransferType=Blind; Channel=SIP/1; TransferExten=200; TargetChannel=SIP/2",
            "Event=BlindTransfer; TransferType=Blind; TransfererChannel=SIP/1; Extension=200; TransfereeChannel=SIP/2"
        ),
        DialectFixture("unknown events pass", "Event=Novelty; A=1; A=2", "Event=Novelty; A=1; A=2"),
    ]
}

@Suite struct EventDialectTests {
    private func message(_ fields: [String]) -> Message {
        Message(
            headers: fields.map { field in
                let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return .init(name: Array(parts[0].utf8), value: Array(parts[1].utf8))
            }
        )
    }

    @Test(arguments: DialectFixture.all) func oldEventsGetTodaysNames(_ fixture: DialectFixture) {
        let events = EventDialect.normalised(message(fixture.old))
        #expect(events.map { $0.fields.map { "\($0.name)=\($0.value)" } } == fixture.new)
    }

    @Test(arguments: DialectFixture.all) func todaysNamesStay(_ fixture: DialectFixture) {
        for fields in fixture.new {
            #expect(EventDialect.normalised(message(fields)) == [message(fields)])
        }
    }

    @Test func filtersHereAndThere() throws {
        let filter = try #require(EventFilter(terms: ["Queue*", "Hangup", "!QueueMemberStatus", "Queue=support"]))
        #expect(filter.passes(Message(["Event": "QueueCallerJoin", "Queue": "support"])))
        #expect(!filter.passes(Message(["Event": "QueueCallerJoin", "Queue": "sales"])))
        #expect(!filter.passes(Message(["Event": "QueueMemberStatus", "Queue": "support"])))
        #expect(!filter.passes(Message(["Event": "Newchannel", "Queue": "support"])))
        // A name with a wildcard cannot be sent to the PBX, so the PBX must not filter at all.
        #expect(filter.serverActions.isEmpty)
        let exact = try #require(EventFilter(terms: ["Hangup", "Channel^=PJSIP/", "!VarSet"]))
        #expect(
            exact.serverActions.map { "\($0["MatchCriteria"] ?? "") \($0["Filter"] ?? "-")" } == [
                "name(Hangup),header(Channel),method(starts_with) PJSIP/",
                "action(exclude),name(VarSet),method(none) -",
            ]
        )
        for bad in ["", "=x", "!"] { #expect(EventFilter(terms: [bad]) == nil, "\(bad)") }
    }
}
