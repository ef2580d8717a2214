import AMI
import Base
import Switchboard
import Testing
import TestSupport

@testable import AMIClient

/// 101 (`agent`) is talking to `customer` in the bridge `b1` and transfers the customer to 102, which Asterisk dials
/// through the Local channel `local`. The order of events is that of Asterisk 22.
@Suite struct AttendedTransferWatchTests {
    private static func channel(_ id: String, bridge: String) -> ChannelSnapshot {
        var channel = ChannelSnapshot(name: "PJSIP/\(id)", uniqueid: id, linkedid: "customer")
        channel.bridgeID = bridge
        return channel
    }

    /// A message written as `Name Key=Value …`, in today's dialect.
    private static func message(_ text: Substring) -> Message {
        let words = text.split(separator: " ")
        return Message(
            headers: [.init(name: Array("Event".utf8), value: Array(words[0].utf8))]
                + words.dropFirst().map { word in
                    let parts = word.split(separator: "=", maxSplits: 1)
                    return .init(name: Array(parts[0].utf8), value: Array(parts[1].utf8))
                }
        )
    }

    private static let leaves = "BridgeLeave Channel=PJSIP/agent Uniqueid=agent BridgeUniqueid=b1|"
    private static let returns = "BridgeEnter Channel=PJSIP/agent Uniqueid=agent BridgeUniqueid=b1"
    private static let target = "Newchannel Channel=Local/102@in-1;1 Uniqueid=local Linkedid=customer|"
    private static let up = "Newstate Channel=Local/102@in-1;1 Uniqueid=local ChannelState=6 ChannelStateDesc=Up|"
    private static let letsGo = "AttendedTransfer OrigTransfererUniqueid=agent Result=Success|"

    private static func dialEnds(_ word: String) -> String {
        "DialEnd DestChannel=Local/102@in-1;1 DestUniqueid=local DestLinkedid=customer DialStatus=\(word)|"
    }

    private static func refuses(_ cause: Int) -> String {
        "HangupRequest Channel=Local/102@in-1;1 Uniqueid=local Cause=\(cause)|"
    }

    @Test(
        arguments: [
            // The target answers, and the agent lets go.
            (leaves + target + up + letsGo, "done"),
            // The agent lets go first; nothing is done before the target answers.
            (leaves + target + letsGo, nil), (leaves + target + letsGo + up, "done"),
            (leaves + target + letsGo + "Hangup Uniqueid=customer Cause=16", "failed"),
            // The target refuses, before or after the agent has left the customer.
            (target + dialEnds("BUSY") + leaves + refuses(17) + returns, "busy"),
            (target + dialEnds("BUSY") + leaves + returns, "busy"),
            (target + leaves + refuses(21) + dialEnds("NOANSWER") + returns, "congestion"),
            (target + leaves + refuses(1) + dialEnds("NOANSWER") + returns, "failed"),
            (target + leaves + refuses(16) + dialEnds("NOANSWER") + returns, "no_answer"),
            (target + leaves + dialEnds("CONGESTION") + returns, "congestion"), (leaves + returns, "failed"),
            // The agent gives up after talking to the target; the customer gives up.
            (leaves + target + up + returns, "failed"), ("Hangup Uniqueid=customer Cause=16", "failed"),
            ("AttendedTransfer OrigTransfererUniqueid=agent Result=Fail", "failed"),
            // Events of other calls.
            (returns, nil), (leaves + "AttendedTransfer OrigTransfererUniqueid=other Result=Success", nil),
            (leaves + "Hangup Uniqueid=agent Cause=16", nil),
        ] as [(String, String?)]
    )
    func `a transfer is reported when its outcome is clear`(_ events: String, _ status: String?) {
        var watch = AttendedTransferWatch(
            transferer: Self.channel("agent", bridge: "b1"),
            customer: Self.channel("customer", bridge: "b1"),
            exten: "102"
        )
        var outcome: TransferOutcome?
        for text in events.split(separator: "|") where outcome == nil {
            outcome = watch.take(PBXEvent(Self.message(text)))
        }
        #expect(outcome?.status.rawValue == status, "\(outcome?.detail ?? "")")
    }

    @Test func `at the time limit the outcome is unknown, and the sentence says who is where`() {
        var watch = AttendedTransferWatch(
            transferer: Self.channel("agent", bridge: "b1"),
            customer: Self.channel("customer", bridge: "b1"),
            exten: "102"
        )
        _ = watch.take(PBXEvent(Self.message("BridgeLeave Uniqueid=agent BridgeUniqueid=b1")))
        #expect(watch.unfinished.status == .unknown && watch.unfinished.detail.contains("still talking to 102"))
        _ = watch.take(PBXEvent(Self.message("AttendedTransfer OrigTransfererUniqueid=agent Result=Success")))
        #expect(watch.unfinished.status == .unknown && watch.unfinished.detail.contains("while 102 rings"))
    }
}
