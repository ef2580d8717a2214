import AMI
import Base
import Switchboard
import Testing
import TestSupport

@testable import AMIClient

/// Events of a call, and the resulting outcome for each goal.
struct OriginateFixture: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let wait: OriginateRequest.Wait
    let events: [String]
    let status: OriginateOutcome.Status?
    var destination = OriginateRequest.Destination.exten("2", context: "c")

    init(_ name: String, _ wait: OriginateRequest.Wait, _ events: [String], _ status: OriginateOutcome.Status?) {
        testDescription = name
        self.wait = wait
        self.events = events
        self.status = status
    }

    /// The call is connected to an application.
    func running(_ application: String) -> Self {
        var fixture = self
        fixture.destination = .application(application, data: "")
        return fixture
    }

    /// Somebody answered; from there, a channel is dialled that ends with a cause.
    private static func far(
        _ name: String,
        _ wait: OriginateRequest.Wait,
        _ end: [String],
        _ status: OriginateOutcome.Status
    )
        -> Self
    {
        Self(
            name,
            wait,
            [success, "DialBegin Uniqueid=crm-1 DestUniqueid=9.9"] + end + ["Hangup Uniqueid=crm-1 Cause=16"],
            status
        )
    }

    private static let success = "OriginateResponse Response=Success Reason=4 Channel=PJSIP/1-1 Uniqueid=crm-1"
    private static let ours = "BridgeEnter Uniqueid=crm-1 BridgeUniqueid=b BridgeNumChannels=1"
    private static let theirs = "BridgeEnter Uniqueid=9.9 BridgeUniqueid=b BridgeNumChannels=2"

    static let all = [
        OriginateFixture("answered", .answered, [success], .answered),
        OriginateFixture(
            "another call's answer",
            .answered,
            ["OriginateResponse Response=Success Reason=4 Uniqueid=crm-2"],
            nil
        ),
        OriginateFixture("busy", .answered, ["OriginateResponse Response=Failure Reason=5 Uniqueid=crm-1"], .busy),
        OriginateFixture(
            "no answer",
            .answered,
            ["OriginateResponse Response=Failure Reason=3 Uniqueid=crm-1"],
            .noAnswer
        ),
        OriginateFixture(
            "congestion",
            .answered,
            ["OriginateResponse Response=Failure Reason=8 Uniqueid=crm-1"],
            .congestion
        ),
        OriginateFixture(
            "no such party",
            .answered,
            ["OriginateResponse Response=Failure Reason=0 Uniqueid=crm-1"],
            .failed
        ),
        OriginateFixture(
            "the cause tells more than reason 0",
            .answered,
            ["Hangup Uniqueid=crm-1 Cause=17", "OriginateResponse Response=Failure Reason=0 Uniqueid=crm-1"],
            .busy
        ),
        // A SIP phone's refusal: the cause is reported with the request to hang up, or with the end, after the answer.
        OriginateFixture(
            "a busy phone",
            .answered,
            ["HangupRequest Uniqueid=crm-1 Cause=17", "OriginateResponse Response=Failure Reason=0 Uniqueid=crm-1"],
            .busy
        ),
        OriginateFixture(
            "a phone's refusal that is reported late",
            .done,
            ["OriginateResponse Response=Failure Reason=0 Uniqueid=crm-1", "Hangup Uniqueid=crm-1 Cause=21"],
            .congestion
        ),
        OriginateFixture("answered is not yet bridged", .bridged, [success, ours], nil),
        OriginateFixture("bridged", .bridged, [success, ours, theirs], .bridged),
        OriginateFixture("bridged before the answer is reported", .bridged, [ours, theirs, success], .bridged),
        OriginateFixture(
            "the other way round",
            .bridged,
            [success, theirs, "BridgeEnter Uniqueid=crm-1 BridgeUniqueid=b BridgeNumChannels=2"],
            .bridged
        ),
        OriginateFixture(
            "another bridge",
            .bridged,
            [success, ours, "BridgeEnter Uniqueid=9.9 BridgeUniqueid=c BridgeNumChannels=2"],
            nil
        ),
        OriginateFixture(
            "the far side is busy",
            .bridged,
            [success, "DialEnd Uniqueid=crm-1 DialStatus=BUSY", "Hangup Uniqueid=crm-1 Cause=17"],
            .busy
        ),
        OriginateFixture("ended alone", .bridged, [success, "Hangup Uniqueid=crm-1 Cause=16"], .failed),
        OriginateFixture("done after a talk", .done, [success, ours, theirs, "Hangup Uniqueid=crm-1 Cause=16"], .done),
        // Nobody else took part in the call: an unregistered phone, or a caller who left the queue without an answer.
        OriginateFixture("never bridged is not done", .done, [success, "Hangup Uniqueid=crm-1 Cause=16"], .failed),
        OriginateFixture("an announcement is done", .done, [success, "Hangup Uniqueid=crm-1 Cause=16"], .done)
            .running("Playback"),
        OriginateFixture("a queue that serves nobody", .done, [success, "Hangup Uniqueid=crm-1 Cause=16"], .failed)
            .running("queue"),
        OriginateFixture(
            "a parking lot is not a conversation",
            .bridged,
            [
                success,
                "BridgeEnter Uniqueid=crm-1 BridgeUniqueid=b BridgeNumChannels=2 BridgeTechnology=holding_bridge",
            ],
            nil
        ),
        // Dial reports every refusal as no answer; the cause of the far channel's end reveals it.
        .far(
            "far rejects",
            .done,
            ["DialEnd Uniqueid=crm-1 DialStatus=NOANSWER", "Hangup Uniqueid=9.9 Cause=21"],
            .congestion
        ),
        .far(
            "the far side rejects, and its end is reported late",
            .bridged,
            ["HangupRequest Uniqueid=9.9 Cause=21", "DialEnd Uniqueid=crm-1 DialStatus=NOANSWER"],
            .congestion
        ),
        .far(
            "no such number",
            .done,
            ["Hangup Uniqueid=9.9 Cause=1", "DialEnd Uniqueid=crm-1 DialStatus=NOANSWER"],
            .failed
        ),
        .far(
            "not registered",
            .done,
            ["Hangup Uniqueid=9.9 Cause=20", "DialEnd Uniqueid=crm-1 DialStatus=CHANUNAVAIL"],
            .failed
        ),
        .far(
            "no line",
            .done,
            ["Hangup Uniqueid=9.9 Cause=34", "DialEnd Uniqueid=crm-1 DialStatus=CONGESTION"],
            .congestion
        ),
        .far(
            "rings out",
            .done,
            ["Hangup Uniqueid=9.9 Cause=16", "DialEnd Uniqueid=crm-1 DialStatus=NOANSWER"],
            .noAnswer
        ),
        .far(
            "another channel's end means nothing",
            .done,
            ["DialEnd Uniqueid=crm-1 DialStatus=NOANSWER", "Hangup Uniqueid=8.8 Cause=21"],
            .noAnswer
        ),
        .far(
            "the last of two rounds counts",
            .done,
            [
                "Hangup Uniqueid=9.9 Cause=21", "DialEnd Uniqueid=crm-1 DialStatus=NOANSWER",
                "DialBegin Uniqueid=crm-1 DestUniqueid=9.10", "DialEnd Uniqueid=crm-1 DialStatus=BUSY",
            ],
            .busy
        ),
        // Several requests with one channel id: each is decided by the answer that names it.
        OriginateFixture(
            "another order's refusal under the same id",
            .answered,
            ["OriginateResponse ActionID=other Response=Failure Reason=0 Uniqueid=crm-1"],
            nil
        ),
        OriginateFixture(
            "another order's success under the same id",
            .answered,
            ["OriginateResponse ActionID=other Response=Success Reason=4 Uniqueid=crm-1"],
            nil
        ),
        OriginateFixture(
            "our refusal after the other order's success",
            .answered,
            [
                "OriginateResponse ActionID=other Response=Success Reason=4 Uniqueid=crm-1",
                "OriginateResponse ActionID=ours Response=Failure Reason=0 Uniqueid=crm-1",
            ],
            .failed
        ),
        OriginateFixture(
            "our answer, whatever its channel is called",
            .answered,
            ["OriginateResponse ActionID=ours Response=Failure Reason=5 Uniqueid=<unknown>"],
            .busy
        ),
        OriginateFixture("somebody else hung up", .done, [success, "Hangup Uniqueid=crm-2 Cause=16"], nil),
    ]
}

@Suite struct OriginateTests {
    private func event(_ text: String) -> PBXEvent {
        let words = text.split(separator: " ")
        let message = Message(
            headers: [.init(name: Array("Event".utf8), value: Array(words[0].utf8))]
                + words.dropFirst().map { word in
                    let parts = word.split(separator: "=", maxSplits: 1)
                    return .init(name: Array(parts[0].utf8), value: Array(parts[1].utf8))
                }
        )
        return PBXEvent(message)
    }

    @Test(arguments: OriginateFixture.all) func outcomes(_ fixture: OriginateFixture) {
        var request = OriginateRequest(channel: "PJSIP/1", destination: .exten("2", context: "c"), channelID: "crm-1")
        request.wait = fixture.wait
        var watch = OriginateWatch(
            channelID: request.channelID,
            goal: request.wait,
            needsTalk: fixture.destination.needsTalk,
            orderID: "ours"
        )
        var outcome: OriginateOutcome?
        for (second, text) in fixture.events.enumerated() where outcome == nil {
            outcome = watch.take(event(text), after: .seconds(second))
        }
        #expect((outcome ?? watch.failure)?.status == fixture.status)
    }

    @Test func talkIsCountedFromTheBridge() {
        var request = OriginateRequest(channel: "PJSIP/1", destination: .exten("2", context: "c"), channelID: "crm-1")
        request.wait = .done
        var watch = OriginateWatch(channelID: request.channelID, goal: request.wait)
        _ = watch.take(event("OriginateResponse Response=Success Uniqueid=crm-1"), after: .seconds(3))
        _ = watch.take(event("BridgeEnter Uniqueid=crm-1 BridgeUniqueid=b BridgeNumChannels=2"), after: .seconds(5))
        let outcome = watch.take(event("Hangup Uniqueid=crm-1 Cause=16"), after: .seconds(65))
        #expect(outcome?.answerTime == .seconds(3))
        #expect(outcome?.talkTime == .seconds(60))
    }

    @Test(arguments: [
        ("PJSIP", "A channel is given as TECHNOLOGY/resource"), ("/101", "A channel is given as TECHNOLOGY/resource"),
        ("PJSIP/", "A channel is given as TECHNOLOGY/resource"), ("PJSIP/1&PJSIP/2", "The channel has a character"),
        ("Local/1@a,b", "The channel has a character"), ("PJSIP/${X}", "The channel has a character"),
        ("PJSIP/1 2", "The channel has a character"),
    ])
    func `an ambiguous channel is refused`(_ channel: String, _ reason: String) {
        let request = OriginateRequest(channel: channel, destination: .exten("1", context: "c"))
        let error = #expect(throws: ManagerError.self) { try request.preview() }
        #expect(error?.code == .invalid)
        #expect(error?.description.contains(reason) ?? false)
    }

    @Test(arguments: ["", "1&2", "300/1", "1@x", "1,2", "1\n2", "${EXTEN}"])
    func `an ambiguous extension is refused`(_ exten: String) {
        let request = OriginateRequest(channel: "PJSIP/1", destination: .exten(exten, context: "c"))
        let error = #expect(throws: ManagerError.self) { try request.preview() }
        #expect(error?.code == .invalid)
        #expect(error?.description.contains("An extension is made of") ?? false)
    }

    @Test func thePacket() throws {
        var request = OriginateRequest(channel: "Local/1@c", destination: .exten("2", context: "c"), channelID: "crm-7")
        request.variables = [ChannelVariable(name: "A", value: "1,2"), ChannelVariable(name: "PIN", value: "0000")]
        request.callerID = "\"Sales\" <100>"
        #expect(
            try request.preview() == [
                "Action: Originate", "ActionID: 1", "Channel: Local/1@c", "Exten: 2", "Context: c", "Priority: 1",
                "Timeout: 30000", "CallerID: \"Sales\" <100>", #"Variable: A=1\,2"#, "Variable: PIN=***",
                "ChannelId: crm-7",
                "OtherChannelId: crm-7-2", "Async: true",
            ]
        )
    }
}
