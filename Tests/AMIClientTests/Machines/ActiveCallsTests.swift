import AMI
import AMIClient
import Base
import Switchboard
import Testing
import TestSupport

/// Channel events written as `Name uniqueid linkedid field=value…`.
private func event(_ text: String) -> Message {
    let words = text.split(separator: " ").map(String.init)
    var pairs = [("Event", words[0]), ("Uniqueid", words[1]), ("Linkedid", words[2])]
    for word in words.dropFirst(3) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        pairs.append((parts[0], parts[1]))
    }
    return Message(headers: pairs.map { .init(name: Array($0.0.utf8), value: Array($0.1.utf8)) })
}

private func folded(_ lines: String) -> ActiveCalls {
    var calls = ActiveCalls()
    var now: Moment = 1000
    for line in lines.split(separator: "\n") {
        calls.apply(event(String(line)), at: now)
        now = now + .seconds(1)
    }
    return calls
}

@Suite struct ActiveCallsTests {
    private static let queueCall = """
        Newchannel c1 c1 Channel=PJSIP/trunk-1 ChannelState=4 CallerIDNum=+4930123 Exten=400
        Newstate c1 c1 Channel=PJSIP/trunk-1 ChannelState=6 ChannelStateDesc=Up
        VarSet c1 c1 Channel=PJSIP/trunk-1 Variable=LANG Value=de
        VarSet c1 c1 Channel=PJSIP/trunk-1 Variable=LANG Value=en
        QueueCallerJoin c1 c1 Channel=PJSIP/trunk-1 Queue=support Position=1
        Newchannel a1 c1 Channel=Local/101@agents-1;1 ChannelState=0
        Newchannel a2 c1 Channel=Local/101@agents-1;2 ChannelState=4
        Newstate a1 c1 Channel=Local/101@agents-1;1 ChannelState=6
        QueueCallerLeave c1 c1 Channel=PJSIP/trunk-1 Queue=support Position=1
        AgentConnect c1 c1 Channel=PJSIP/trunk-1 Queue=support Interface=Local/101@agents/n MemberName=Alice
        BridgeEnter a1 c1 Channel=Local/101@agents-1;1 BridgeUniqueid=b1 BridgeNumChannels=1
        BridgeEnter c1 c1 Channel=PJSIP/trunk-1 BridgeUniqueid=b1 BridgeNumChannels=2
        """

    @Test func aQueueCallIsOneCall() throws {
        let calls = folded(Self.queueCall)
        let call = try #require(calls.calls["c1"])
        #expect(calls.calls.count == 1)
        #expect(call.stage == .talking)
        #expect(call.queue == "support")
        #expect(call.agent == "Alice")
        #expect(call.callerNumber == "+4930123")
        #expect(call.dialled == "400")
        #expect(call.channels.count == 3)
        // The Local pair is one leg.
        #expect(call.legs.map(\.name) == ["PJSIP/trunk-1", "Local/101@agents-1;1"])
        #expect(call.variables == [CallVariable(name: "LANG", value: "en")])
        #expect(call.startedAt == 1000)
        #expect(call.bridgedAt == 1011)
    }

    @Test func theStagesOfACall() {
        let lines = Self.queueCall.split(separator: "\n").map(String.init)
        let stage = { (count: Int) in folded(lines.prefix(count).joined(separator: "\n")).calls["c1"]?.stage }
        #expect(stage(1) == .dialling)
        #expect(stage(2) == .up)
        #expect(stage(5) == .waiting)
        #expect(stage(9) == .up)
        #expect(stage(12) == .talking)
    }

    @Test func aCallEndsWithItsLastChannel() {
        var calls = folded(Self.queueCall)
        calls.apply(event("BridgeLeave a1 c1 Channel=Local/101@agents-1;1 BridgeUniqueid=b1"), at: 2000)
        #expect(calls.calls["c1"]?.stage == .up)
        for channel in ["a1", "c1"] { calls.apply(event("Hangup \(channel) c1 Channel=x Cause=16"), at: 2000) }
        #expect(calls.calls["c1"]?.channels.map(\.uniqueid) == ["a2"])
        let last = calls.apply(event("Hangup a2 c1 Channel=x Cause=16"), at: 2000)
        #expect(last?.id == "c1")
        #expect(calls.calls.isEmpty)
        // A late event for a channel that is gone does not bring it back.
        calls.apply(event("Newstate a2 c1 Channel=x ChannelState=6"), at: 2001)
        calls.apply(event("AgentComplete c1 c1 Queue=support Interface=Local/101@agents/n"), at: 2001)
        #expect(calls.calls.isEmpty)
    }

    @Test func aBridgeOfTwoCallsMakesThemOne() {
        let calls = folded(
            """
            Newchannel x1 x1 Channel=PJSIP/1-1 CallerIDNum=1
            Newchannel y1 y1 Channel=PJSIP/2-1 CallerIDNum=2
            BridgeEnter x1 x1 Channel=PJSIP/1-1 BridgeUniqueid=b1
            BridgeEnter y1 x1 Channel=PJSIP/2-1 BridgeUniqueid=b1
            """
        )
        #expect(calls.calls.keys.sorted() == ["x1"])
        #expect(calls.calls["x1"]?.channels.map(\.uniqueid) == ["x1", "y1"])
        #expect(calls.calls["x1"]?.stage == .talking)
    }

    /// Asterisk 11 reports no linkedid. This is a click to dial through a Local channel, which optimises itself away,
    /// as its events report it.
    @Test func aCallOfAsterisk11IsOneCall() throws {
        let packets: [KeyValuePairs<String, String>] = [
            ["Event": "Newchannel", "Channel": "Local/201@in-1;1", "Exten": "201", "Uniqueid": "1.0"],
            ["Event": "Newchannel", "Channel": "Local/201@in-1;2", "Exten": "201", "Uniqueid": "1.1"],
            ["Event": "LocalBridge", "Uniqueid1": "1.0", "Uniqueid2": "1.1", "LocalOptimization": "Yes"],
            ["Event": "Newchannel", "Channel": "SIP/a-2", "ChannelState": "0", "Uniqueid": "1.2"],
            ["Event": "Dial", "SubEvent": "Begin", "UniqueID": "1.1", "DestUniqueID": "1.2"],
            ["Event": "Newstate", "Channel": "SIP/a-2", "ChannelState": "6", "Uniqueid": "1.2"],
            ["Event": "Rename", "Channel": "Local/201@in-1;1", "Newname": "SIP/a-2", "Uniqueid": "1.0"],
            ["Event": "Hangup", "Channel": "Local/201@in-1;1<ZOMBIE>", "Uniqueid": "1.2"],
            ["Event": "Hangup", "Channel": "Local/201@in-1;2", "Uniqueid": "1.1"],
            ["Event": "Newchannel", "Channel": "SIP/b-3", "ChannelState": "0", "Uniqueid": "1.3"],
            ["Event": "Dial", "SubEvent": "Begin", "UniqueID": "1.0", "DestUniqueID": "1.3"],
            [
                "Event": "Bridge", "Bridgestate": "Link", "Channel1": "SIP/a-2", "Channel2": "SIP/b-3",
                "Uniqueid1": "1.0", "Uniqueid2": "1.3",
            ],
        ]
        var calls = ActiveCalls()
        for packet in packets {
            for event in Message(packet).normalised() { calls.apply(event, at: 1000) }
            #expect(calls.calls.count <= 2, "\(packet)")
        }
        let call = try #require(calls.calls["1.0"])
        #expect(calls.calls.count == 1)
        #expect(call.channels.map(\.name) == ["SIP/a-2", "SIP/b-3"])
        #expect(call.stage == .talking)
        #expect(call.dialled == "201")
    }

    /// Its list of channels names the other channel instead of a bridge.
    @Test func theChannelsOfAsterisk11AreOneCall() throws {
        let items = [("SIP/a-2", "1.0", "SIP/b-3"), ("SIP/b-3", "1.3", "SIP/a-2"), ("SIP/c-4", "1.4", "")]
        let channels = items.compactMap { name, uniqueid, other in
            ChannelSnapshot(Message(["Channel": name, "UniqueID": uniqueid, "BridgedChannel": other]))
        }
        var calls = ActiveCalls()
        calls.replace(with: channels, at: 0)
        #expect(calls.calls.values.map(\.channels.count).sorted() == [1, 2])
        #expect(calls.calls["1.0"]?.stage == .talking)
    }

    @Test func aSnapshotKeepsWhatOnlyEventsTell() throws {
        var calls = folded(Self.queueCall)
        let item = try #require(
            ChannelSnapshot(
                Message([
                    "Event": "CoreShowChannel", "Channel": "PJSIP/trunk-1", "Uniqueid": "c1", "Linkedid": "c1",
                    "ChannelState": "6", "Duration": "00:01:05", "BridgeId": "",
                ])
            )
        )
        calls.replace(with: [item], at: 5000)
        #expect(calls.calls["c1"]?.startedAt == 4935)
        #expect(calls.calls["c1"]?.agent == "Alice")
        #expect(calls.calls["c1"]?.channels.count == 1)
    }

    @Test func parkedCallsSaySo() {
        var calls = folded("Newchannel c1 c1 Channel=PJSIP/1-1 ChannelState=6")
        calls.apply(Message(["Event": "ParkedCall", "ParkeeUniqueid": "c1", "ParkingSpace": "701"]), at: 1)
        #expect(calls.calls["c1"]?.stage == .parked)
        calls.apply(Message(["Event": "UnParkedCall", "ParkeeUniqueid": "c1", "ParkingSpace": "701"]), at: 2)
        #expect(calls.calls["c1"]?.parkingSpace == "")
    }

    @Test func oneChannelIsMeant() throws {
        let channels = ["PJSIP/101-0001", "PJSIP/101-0002", "PJSIP/102-0001", "Local/10@x-1;1"].enumerated().compactMap
        {
            ChannelSnapshot(Message(["Channel": $1, "Uniqueid": "17.\($0)"]))
        }
        #expect(try ChannelResolver.resolve("PJSIP/102", among: channels).uniqueid == "17.2")
        #expect(try ChannelResolver.resolve("17.1", among: channels).name == "PJSIP/101-0002")
        #expect(throws: ChannelResolver.Failure.ambiguous(["PJSIP/101-0001", "PJSIP/101-0002"])) {
            try ChannelResolver.resolve("PJSIP/101", among: channels)
        }
        for text in ["", "PJSIP/103", "/.*/", "17", "pjsip/102"] {
            #expect(throws: ChannelResolver.Failure.notFound, "\(text)") {
                try ChannelResolver.resolve(text, among: channels)
            }
        }
    }
}
