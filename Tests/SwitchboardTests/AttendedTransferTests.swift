import Switchboard
import Testing

/// 101 (channel `agent`) is talking to `customer` in the bridge `b1` and transfers the customer to 102, which Asterisk
/// dials through the channel `local`.
@Suite struct AttendedTransferTests {
    private static func channel(_ id: String, name: String? = nil, bridge: String = "") -> ChannelSnapshot {
        var channel = ChannelSnapshot(name: name ?? "PJSIP/\(id)", uniqueid: id, linkedid: "customer")
        channel.bridgeID = bridge
        return channel
    }

    private static func watch() -> AttendedTransferWatch {
        AttendedTransferWatch(
            transferer: channel("agent", bridge: "b1"),
            customer: channel("customer", bridge: "b1"),
            exten: "102"
        )
    }

    /// `leaves agent b1`, `enters agent b2`, `creates local`, `answers local`, `dials BUSY`, `transfers Success`, `ends customer`
    private static func event(_ line: Substring) -> PBXEvent {
        let words = line.split(separator: " ").map(String.init)
        switch words[0] {
        case "leaves": return .bridge(.left(BridgeMove(channel: channel(words[1]), bridge: words[2])))
        case "enters": return .bridge(.entered(BridgeMove(channel: channel(words[1]), bridge: words[2])))
        case "creates": return .channel(.created(channel(words[1], name: "Local/102@internal-0001;1")))
        case "answers":
            var local = channel(words[1], name: "Local/102@internal-0001;1")
            local.state = .up
            return .channel(.changed(local))
        case "dials":
            let dial = Dial(caller: "other", called: "target", callerLinkedid: "customer")
            return .dial(.ended(dial, DialResult(words[1])))
        case "transfers":
            return .transfer(
                .attended(
                    AttendedTransfer(
                        transferer: "agent",
                        secondTransferer: nil,
                        transferee: nil,
                        target: nil,
                        destination: .bridge("b1"),
                        result: words[1]
                    )
                )
            )
        default: return .channel(.hungUp(ChannelEnd(uniqueid: words[1], cause: 16)))
        }
    }

    /// Each way in which a transfer can proceed, and the resulting status; nil if it is still in progress.
    @Test(
        arguments: [
            // The target answers, and the agent lets go.
            ("leaves agent b1|creates local|answers local|transfers Success", "done"),
            ("leaves agent b1|dials ANSWER|transfers Success", "done"),
            // The agent lets go while the target is ringing.
            ("leaves agent b1|creates local|transfers Success", nil),
            ("leaves agent b1|creates local|transfers Success|answers local", "done"),
            ("leaves agent b1|transfers Success|dials ANSWER", "done"),
            ("leaves agent b1|creates local|transfers Success|ends customer", "failed"),
            // The agent comes back to the customer.
            ("leaves agent b1|dials BUSY|enters agent b1", "busy"),
            ("leaves agent b1|dials NOANSWER|enters agent b1", "no_answer"),
            ("leaves agent b1|dials CANCEL|enters agent b1", "no_answer"),
            ("leaves agent b1|dials CHANUNAVAIL|enters agent b1", "congestion"),
            ("leaves agent b1|dials CONGESTION|enters agent b1", "congestion"),
            ("leaves agent b1|enters agent b1", "failed"),
            ("leaves agent b1|enters agent b2|creates local|answers local|enters agent b1", "failed"),
            // No outcome yet.
            ("enters agent b1", nil), ("leaves agent b1|enters agent b2", nil), ("leaves customer b1", nil),
            // Asterisk reports a failure, or the customer gives up.
            ("leaves agent b1|transfers Fail", "failed"), ("ends customer", "failed"), ("ends agent", nil),
        ] as [(String, String?)]
    )
    func `a transfer is reported when its outcome is clear`(_ events: String, _ status: String?) {
        var watch = Self.watch()
        var outcome: TransferOutcome?
        for line in events.split(separator: "|") {
            #expect(outcome == nil)
            outcome = watch.take(Self.event(line))
        }
        #expect(outcome?.status.rawValue == status)
    }

    @Test func `another call's dialling says nothing about the target`() {
        var watch = Self.watch()
        _ = watch.take(Self.event("leaves agent b1"))
        let other = Dial(caller: "other", called: "target", callerLinkedid: "stranger", calledLinkedid: "stranger")
        _ = watch.take(.dial(.ended(other, .busy)))
        #expect(watch.take(Self.event("enters agent b1"))?.status == .failed)
    }

    @Test func `without events the list of channels shows the outcome`() {
        var watch = Self.watch()
        let (agent, customer) = (Self.channel("agent", bridge: "b2"), Self.channel("customer", bridge: "b1"))
        #expect(watch.look(at: [agent, customer]) == nil)
        #expect(watch.hasBegun)
        // The agent is gone; the customer is in a bridge with a party that has answered.
        var target = Self.channel("target", bridge: "b1")
        #expect(watch.look(at: [customer, target]) == nil)
        target.state = .up
        #expect(watch.look(at: [customer, target])?.status == .done)
        #expect(watch.look(at: [target])?.status == .failed)
    }
}
