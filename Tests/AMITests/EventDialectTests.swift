import AMI
import Testing

/// An event of an old version and what it is called today.
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

    @Test(arguments: [
        ("22.10.1+dfsg+~cs6.17.60671434-1", 22, 10, 1), ("18.9-cert5", 18, 9, 0), ("certified/13.21-cert6", 13, 21, 0),
        ("Asterisk 11.25.3", 11, 25, 3), ("GIT-20-abc", 20, 0, 0),
    ])
    func versionsAreRead(_ text: String, _ major: Int, _ minor: Int, _ patch: Int) throws {
        let version = try #require(AsteriskVersion(text))
        #expect((version.major, version.minor, version.patch) == (major, minor, patch))
    }

    @Test(arguments: [
        ("Asterisk Call Manager/1.3", 11), ("Asterisk Call Manager/2.5.0", 12), ("Asterisk Call Manager/2.10.6", 13),
        ("Asterisk Call Manager/5.0.5", 16), ("Asterisk Call Manager/9.0.0", 20), ("Asterisk Call Manager/11.0.0", 22),
    ])
    func bannersTellTheBranch(_ banner: String, _ branch: Int) {
        #expect(AsteriskVersion.branch(ofBanner: banner) == branch)
    }

    @Test func advisoriesHaveAFloorABranch() throws {
        let originate = try #require(Advisory.known.first { $0.id == "GHSA-c4cg-9275-6w44" })
        #expect(originate.affects(AsteriskVersion(20, 9, 1)) == true)
        #expect(originate.affects(AsteriskVersion(20, 9, 2)) == false)
        // A branch without a fix stays open; one that came after it never had the fault.
        #expect(originate.affects(AsteriskVersion(16, 30, 1)) == true)
        #expect(originate.affects(AsteriskVersion(22, 0, 0)) == false)
        #expect(originate.affects(AsteriskVersion(18, 9, 0, certified: 11)) == nil)
    }

    @Test func filtersHereAndThere() throws {
        let filter = try #require(EventFilter(terms: ["Queue*", "Hangup", "!QueueMemberStatus", "Queue=support"]))
        #expect(filter.passes(Message(["Event": "QueueCallerJoin", "Queue": "support"])))
        #expect(!filter.passes(Message(["Event": "QueueCallerJoin", "Queue": "sales"])))
        #expect(!filter.passes(Message(["Event": "QueueMemberStatus", "Queue": "support"])))
        #expect(!filter.passes(Message(["Event": "Newchannel", "Queue": "support"])))
        // A name with a wildcard cannot be told to the PBX, so it must not filter at all.
        #expect(filter.serverActions.isEmpty)
        let exact = try #require(EventFilter(terms: ["Hangup", "Channel^=PJSIP/", "!VarSet"]))
        #expect(
            exact.serverActions.map { "\($0["MatchCriteria"] ?? "") \($0["Filter"] ?? "-")" } == [
                "name(Hangup),header(Channel),method(starts_with) PJSIP/",
                "action(exclude),name(VarSet),method(none) -",
            ]
        )
        #expect(EventFilter.isServed(by: AsteriskVersion(22, 1)))
        #expect(!EventFilter.isServed(by: AsteriskVersion(22, 0, 3)))
        #expect(!EventFilter.isServed(by: AsteriskVersion(16, 30)))
        for bad in ["", "=x", "!"] { #expect(EventFilter(terms: [bad]) == nil, "\(bad)") }
    }
}
