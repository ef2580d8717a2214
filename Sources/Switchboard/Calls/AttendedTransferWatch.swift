/// Follows an attended transfer through events or, if there are none, through the list of channels.
///
/// The transferer leaves the customer's bridge for one with the target, and comes back if the target does not answer or
/// cannot be reached. `AttendedTransfer` reports that the transferer let go; if the target is still ringing then,
/// nobody is talking yet.
public struct AttendedTransferWatch: Sendable {
    private let transferer: ChannelSnapshot
    private let customer: ChannelSnapshot
    private let exten: String
    /// Whether the transferer has left the customer.
    public private(set) var hasBegun = false
    /// The channel with which Asterisk dials the target.
    private var target: String?
    private var targetAnswered = false
    /// How dialling the target ended.
    private var dialResult: DialResult?
    /// The result reported by the end of the target's channel. It is more precise: Asterisk calls every refusal "no
    /// answer".
    private var toldStatus: OriginateOutcome.Status?
    /// Whether the transferer let go before the target answered (a blond transfer).
    private var isBlond = false

    /// A watch on a transfer that has not been requested yet.
    ///
    /// - Parameters:
    ///   - transferer: The channel that transfers, in its bridge with the customer.
    ///   - customer: The channel that is transferred.
    ///   - exten: The extension of the target.
    public init(transferer: ChannelSnapshot, customer: ChannelSnapshot, exten: String) {
        (self.transferer, self.customer, self.exten) = (transferer, customer, exten)
    }

    /// Takes an event; returns the outcome once it is clear.
    public mutating func take(_ event: PBXEvent) -> TransferOutcome? {
        switch event {
        case .bridge(.left(let move)):
            if move.channel.uniqueid == transferer.uniqueid { hasBegun = true }
            return nil
        case .bridge(.entered(let move)): return entered(move)
        case .channel(let event): return take(event)
        case .dial(.ended(let dial, let result)): return isOfTarget(dial) ? dialled(result) : nil
        case .transfer(.attended(let transfer)):
            return transfer.transferer == transferer.uniqueid ? transferred(transfer) : nil
        case .dial, .transfer, .parking, .queueCaller, .queueMember, .queueCall, .originate, .device, .media, .system,
            .other:
            return nil
        }
    }

    private mutating func take(_ event: ChannelEvent) -> TransferOutcome? {
        switch event {
        case .created(let channel):
            if target == nil, isTarget(channel) { target = channel.uniqueid }
            return nil
        case .changed(let channel): return channel.uniqueid == target && channel.state == .up ? answered() : nil
        case .hungUp(let end) where end.uniqueid == customer.uniqueid: return customerLeft
        case .hungUp(let end), .hangupRequested(let end):
            if end.uniqueid == target { toldStatus = end.cause.flatMap(HangupCause.status(of:)) ?? toldStatus }
            return nil
        case .runs, .renamed, .variableSet, .localPair, .spyBegan: return nil
        }
    }

    private func entered(_ move: BridgeMove) -> TransferOutcome? {
        switch move.channel.uniqueid {
        case transferer.uniqueid: hasBegun && move.bridge == transferer.bridgeID ? cameBack : nil
        case customer.uniqueid: isBlond && targetAnswered ? done : nil
        default: nil
        }
    }

    private mutating func dialled(_ result: DialResult?) -> TransferOutcome? {
        dialResult = result ?? dialResult
        return dialResult == .answer ? answered() : nil
    }

    private mutating func transferred(_ transfer: AttendedTransfer) -> TransferOutcome? {
        guard transfer.isSuccess else {
            return TransferOutcome(.failed, "The transfer failed: \(transfer.result ?? "no reason given").")
        }
        if targetAnswered { return done }
        isBlond = true
        return nil
    }

    /// Examines the channels; returns the outcome if they show it.
    public mutating func look(at channels: [ChannelSnapshot]) -> TransferOutcome? {
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

    /// The outcome to report when time has run out.
    public var unfinished: TransferOutcome {
        isBlond
            ? TransferOutcome(
                .unknown,
                "\(transferer.name) has hung up; \(customer.name) is waiting while \(exten) rings."
            )
            : TransferOutcome(
                .unknown,
                "\(transferer.name) is still talking to \(exten) while \(customer.name) waits; hanging up completes the transfer."
            )
    }

    private mutating func answered() -> TransferOutcome? {
        targetAnswered = true
        return isBlond ? done : nil
    }

    private func isTarget(_ channel: ChannelSnapshot) -> Bool {
        channel.name.hasPrefix("Local/\(exten)@") && channel.name.hasSuffix(";1")
    }

    private func isOfTarget(_ dial: Dial) -> Bool {
        // A target that refuses immediately does so before the transferer has left the customer.
        if let target, dial.called == target { return true }
        return hasBegun
            && (dial.callerLinkedid == transferer.linkedid || dial.calledLinkedid == transferer.linkedid)
            && dial.caller != transferer.uniqueid
    }

    private var done: TransferOutcome { TransferOutcome(.done, "\(customer.name) is talking to \(exten).") }

    private var cameBack: TransferOutcome {
        let place = "\(transferer.name) is talking to \(customer.name) again."
        if targetAnswered { return TransferOutcome(.failed, "The transfer was cancelled; \(place)") }
        return switch toldStatus ?? dialOutcome {
        case .busy: TransferOutcome(.busy, "\(exten) is busy; \(place)")
        case .noAnswer: TransferOutcome(.noAnswer, "\(exten) did not answer; \(place)")
        case .congestion: TransferOutcome(.congestion, "\(exten) cannot be reached; \(place)")
        default: TransferOutcome(.failed, "\(exten) did not answer, or was not reached; \(place)")
        }
    }

    private var dialOutcome: OriginateOutcome.Status {
        switch dialResult {
        case .busy: .busy
        case .noAnswer, .cancel: .noAnswer
        case .congestion, .unavailable: .congestion
        case .answer, .other, nil: .failed
        }
    }

    private var customerLeft: TransferOutcome {
        TransferOutcome(.failed, "\(customer.name) has hung up, so there is nobody to transfer.")
    }
}
