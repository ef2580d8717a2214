/// Follows one requested call through events, until it has reached its goal or can no longer reach it.
public struct OriginateWatch: Sendable {
    /// How far the call must get before the request is complete.
    public enum Goal: String, Sendable, CaseIterable {
        /// The PBX accepted the request.
        case queued
        /// The called party answered.
        case answered
        /// The called party is talking to somebody.
        case bridged
        /// The call is over.
        case done
    }

    /// The uniqueid of the new channel.
    public let channelID: String
    /// How far the call must get.
    public let goal: Goal
    /// Whether the call should lead to a conversation, without which it is not complete. An announcement needs no
    /// second party.
    public let needsTalk: Bool
    /// The id of the request, which identifies its answer if several requests use the same channel id; if nil, the
    /// channel does.
    public var orderID: String?
    /// Whether the channel was seen to begin. If not, another request created it, or nobody did.
    public private(set) var isCreated = false
    /// Whether the channel was seen to end.
    public private(set) var isEnded = false
    /// Whether the called party answered.
    public private(set) var isAnswered = false
    private var channel: String?
    /// The time from the request to the answer.
    private var answerTime: Duration?
    /// The time from the request to the bridge.
    private var bridgeTime: Duration?
    /// The bridge that the channel is in.
    private var bridge: String?
    /// Channels that our channel is dialling.
    private var ringing: Set<String> = []
    /// How dialling the far side ended.
    private var dialResult: DialResult?
    /// What the end of a far channel said. It is more precise than the result: Dial calls a refusal "no answer".
    private var farStatus: OriginateOutcome.Status?
    private var hangupCause: Int?
    /// The PBX's reason for a failed call.
    private var failureReason: Int?

    /// A watch on a call that has not been requested yet.
    public init(channelID: String, goal: Goal, needsTalk: Bool = true, orderID: String? = nil) {
        (self.channelID, self.goal, self.needsTalk, self.orderID) = (channelID, goal, needsTalk, orderID)
    }

    /// Takes an event; returns the outcome once it is clear.
    ///
    /// - Parameter time: The time from the request to the event.
    public mutating func take(_ event: PBXEvent, after time: Duration) -> OriginateOutcome? {
        switch event {
        case .originate(let response): return isOurs(response) ? responded(response, time) : nil
        case .bridge(.entered(let move)): return entered(move, time)
        case .dial(let event): dialled(event)
        case .channel(.created(let channel)): isCreated = isCreated || channel.uniqueid == channelID
        case .channel(.hangupRequested(let end)) where end.uniqueid == channelID:
            return (end.cause ?? 0) > 0 ? ended(end) : nil
        case .channel(.hungUp(let end)) where end.uniqueid == channelID:
            isEnded = true
            return ended(end) ?? hungUp(time)
        // A phone's refusal is reported immediately by the request; its end may be reported only after ours.
        case .channel(.hangupRequested(let end)): farEnds(end)
        case .channel(.hungUp(let end)):
            farEnds(end)
            ringing.remove(end.uniqueid)
        case .channel, .bridge, .transfer, .parking, .queueCaller, .queueMember, .queueCall, .device, .media, .system,
            .other:
            break
        }
        return nil
    }

    private mutating func dialled(_ event: DialEvent) {
        switch event {
        case .began(let dial):
            guard dial.caller == channelID, let called = dial.called else { return }
            ringing.insert(called)
            (dialResult, farStatus) = (nil, nil)
        case .ended(let dial, let result):
            if dial.caller == channelID { dialResult = result ?? dialResult }
        }
    }

    private mutating func farEnds(_ end: ChannelEnd) {
        guard ringing.contains(end.uniqueid), let cause = end.cause else { return }
        farStatus = HangupCause.status(of: cause) ?? farStatus
    }

    /// An outcome of this call with everything known so far.
    public func outcome(_ status: OriginateOutcome.Status, _ detail: String) -> OriginateOutcome {
        OriginateOutcome(
            status: status,
            channelID: channelID,
            channel: channel,
            detail: detail,
            answerTime: answerTime,
            talkTime: nil
        )
    }

    /// Several requests may use one channel id, of which only the first is carried out; the answer names its request.
    private func isOurs(_ response: OriginateResponse) -> Bool {
        if let orderID, let answered = response.orderID { return orderID == answered }
        return response.uniqueid == channelID
    }

    private mutating func responded(_ response: OriginateResponse, _ time: Duration) -> OriginateOutcome? {
        guard response.isAnswered else {
            failureReason = response.reason
            return response.reason > 1 || hangupCause != nil ? failure : nil
        }
        isAnswered = true
        channel = response.channel
        answerTime = time
        if goal == .answered { return outcome(.answered, "The called party answered.") }
        if goal == .bridged, bridgeTime != nil { return outcome(.bridged, "The call is connected.") }
        return nil
    }

    /// A failure, as far as it is known; an ambiguous reason is explained by the channel's end, if that was reported.
    public var failure: OriginateOutcome? {
        failureReason.map { reason in
            let (status, words) = Self.status(ofReason: reason, cause: hangupCause)
            return outcome(status, words)
        }
    }

    /// The reason is an `AST_CONTROL_*` (main/pbx.c, `pbx_dial_reason`). 0 and 1 cover everything else, including a SIP
    /// phone's refusal; only the cause of the channel's end says more.
    private static func status(ofReason reason: Int, cause: Int?) -> (OriginateOutcome.Status, String) {
        let status: OriginateOutcome.Status =
            switch reason {
            case 5: .busy
            case 3: .noAnswer
            case 8: .congestion
            case 0...1: cause.flatMap(HangupCause.status(of:)) ?? .failed
            default: .failed
            }
        return switch status {
        case .busy: (.busy, "The called party is busy.")
        case .noAnswer: (.noAnswer, "The called party did not answer.")
        case .congestion: (.congestion, "The call was rejected, or no line is free.")
        default: (.failed, "The call could not be made: the called party is unknown or not registered.")
        }
    }

    private mutating func entered(_ move: BridgeMove, _ time: Duration) -> OriginateOutcome? {
        if move.channel.uniqueid == channelID { bridge = move.bridge }
        // In a holding bridge, such as a parking lot, nobody hears anybody.
        guard let bridge, bridge == move.bridge, bridgeTime == nil, !move.isHolding else { return nil }
        // Asterisk 11 reports a bridge only when both channels are in it.
        guard (move.occupants ?? 2) >= 2 else { return nil }
        bridgeTime = time
        return goal == .bridged && isAnswered ? outcome(.bridged, "The call is connected.") : nil
    }

    /// Records why our channel ends, which may explain a failure.
    private mutating func ended(_ end: ChannelEnd) -> OriginateOutcome? {
        guard let cause = end.cause else { return nil }
        hangupCause = cause
        return failure
    }

    private mutating func hungUp(_ time: Duration) -> OriginateOutcome? {
        guard isAnswered else { return nil }
        if let bridgeTime {
            var result = outcome(.done, "The call is over.")
            result.talkTime = time - bridgeTime
            return result
        }
        if let status = unansweredStatus {
            return outcome(status, "The called party answered; the far side \(Self.words(of: status)).")
        }
        return goal == .bridged || needsTalk
            ? outcome(.failed, "The call ended before anybody else was on it.") : outcome(.done, "The call is over.")
    }

    /// Why nobody on the far side answered; nil if nobody was dialled, or if the far side did answer.
    private var unansweredStatus: OriginateOutcome.Status? {
        let told = farStatus ?? hangupCause.flatMap(HangupCause.status(of:))
        return switch dialResult {
        case nil, .answer: nil
        case .busy: .busy
        case .congestion: told ?? .congestion
        case .noAnswer, .cancel: told ?? .noAnswer
        case .unavailable, .other: told ?? .failed
        }
    }

    private static func words(of status: OriginateOutcome.Status) -> String {
        switch status {
        case .busy: "is busy"
        case .noAnswer: "did not answer"
        case .congestion: "rejected the call, or no line is free"
        default: "is unknown or not registered"
        }
    }
}
