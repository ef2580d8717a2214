internal import AMI
internal import Switchboard

/// Follows an attended transfer through the events, or where there are none, through the list of channels.
///
/// The transferer leaves the customer's bridge for one with the target, and comes back if the target does not answer or cannot
/// be reached. `AttendedTransfer` says that the transferer let go; if the target still rings then, nobody talks yet.
struct AttendedTransferWatch {
    private let transferer: ChannelSnapshot
    private let customer: ChannelSnapshot
    private let exten: String
    /// Whether the transferer has left the customer.
    private(set) var hasBegun = false
    /// The channel that Asterisk dials the target by.
    private var target: String?
    private var targetAnswered = false
    /// How dialling the target ended.
    private var dialStatus: String?
    /// What the end of the target's channel said, which tells more: Asterisk calls every refusal "no answer".
    private var toldStatus: OriginateOutcome.Status?
    /// Whether the transferer let go before the target answered.
    private var isBlond = false

    init(transferer: ChannelSnapshot, customer: ChannelSnapshot, exten: String) {
        (self.transferer, self.customer, self.exten) = (transferer, customer, exten)
    }

    /// Takes a normalised event; gives the outcome once it is clear.
    mutating func take(_ event: Message) -> TransferOutcome? {
        let uniqueid = event["Uniqueid"]
        switch event.eventName {
        case "BridgeLeave" where uniqueid == transferer.uniqueid: hasBegun = true
        case "BridgeEnter" where uniqueid == transferer.uniqueid:
            if hasBegun, event["BridgeUniqueid"] == transferer.bridgeID { return cameBack }
        case "BridgeEnter" where isBlond && uniqueid == customer.uniqueid: return targetAnswered ? done : nil
        case "Newchannel" where target == nil && isTarget(event): target = uniqueid
        case "Newstate" where uniqueid == target && event["ChannelStateDesc"] == "Up": return answered()
        case "DialEnd" where isOfTarget(event):
            dialStatus = event.nonEmpty("DialStatus") ?? dialStatus
            if dialStatus == "ANSWER" { return answered() }
        case "AttendedTransfer" where event["OrigTransfererUniqueid"] == transferer.uniqueid:
            guard event["Result"]?.isSame(as: "Success") ?? true else {
                return TransferOutcome(.failed, "The transfer failed: \(event["Result"] ?? "no reason given").")
            }
            if targetAnswered { return done }
            isBlond = true
        case "Hangup" where uniqueid == customer.uniqueid: return customerLeft
        case "HangupRequest" where uniqueid == target, "Hangup" where uniqueid == target:
            toldStatus = event.integer("Cause").flatMap(HangupCause.status(of:)) ?? toldStatus
        default: break
        }
        return nil
    }

    /// Looks at the channels; gives the outcome if they show it.
    mutating func look(at channels: [ChannelSnapshot]) -> TransferOutcome? {
        let first = channels.first { $0.uniqueid == transferer.uniqueid }
        guard let second = channels.first(where: { $0.uniqueid == customer.uniqueid }) else { return customerLeft }
        if let first {
            if first.bridgeID != transferer.bridgeID { hasBegun = true }
            return hasBegun && first.bridgeID == transferer.bridgeID ? cameBack : nil
        }
        hasBegun = true
        let partners = channels.filter {
            !$0.bridgeID.isEmpty && $0.bridgeID == second.bridgeID && $0.uniqueid != second.uniqueid
        }
        return partners.contains { $0.state == .up } ? done : nil
    }

    /// What can be said when the time is over.
    var unfinished: TransferOutcome {
        isBlond
            ? TransferOutcome(.unknown, "\(transferer.name) has hung up; \(customer.name) waits while \(exten) rings.")
            : TransferOutcome(
                .unknown,
                "\(transferer.name) still talks to \(exten) while \(customer.name) waits; the transfer is done when it hangs up."
            )
    }

    private mutating func answered() -> TransferOutcome? {
        targetAnswered = true
        return isBlond ? done : nil
    }

    private func isTarget(_ event: Message) -> Bool {
        guard let name = event["Channel"] else { return false }
        return name.hasPrefix("Local/\(exten)@") && name.hasSuffix(";1")
    }

    private func isOfTarget(_ event: Message) -> Bool {
        // A target that refuses at once does so before the transferer has left the customer.
        if let target, event["DestUniqueid"] == target { return true }
        return hasBegun && (event["Linkedid"] == transferer.linkedid || event["DestLinkedid"] == transferer.linkedid)
            && event["Uniqueid"] != transferer.uniqueid
    }

    private var done: TransferOutcome { TransferOutcome(.done, "\(customer.name) talks to \(exten).") }

    private var cameBack: TransferOutcome {
        let place = "\(transferer.name) talks with \(customer.name) again."
        if targetAnswered { return TransferOutcome(.failed, "The transfer was given up; \(place)") }
        return switch toldStatus ?? dialOutcome {
        case .busy: TransferOutcome(.busy, "\(exten) is busy; \(place)")
        case .noAnswer: TransferOutcome(.noAnswer, "\(exten) did not answer; \(place)")
        case .congestion: TransferOutcome(.congestion, "\(exten) cannot be reached; \(place)")
        default: TransferOutcome(.failed, "\(exten) did not answer, or was not reached; \(place)")
        }
    }

    private var dialOutcome: OriginateOutcome.Status {
        switch dialStatus {
        case "BUSY": .busy
        case "NOANSWER", "CANCEL": .noAnswer
        case "CONGESTION", "CHANUNAVAIL": .congestion
        default: .failed
        }
    }

    private var customerLeft: TransferOutcome {
        TransferOutcome(.failed, "\(customer.name) has hung up, so there is nobody to transfer.")
    }
}
