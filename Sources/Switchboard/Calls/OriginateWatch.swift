/// Follows one ordered call through the events, until it came as far as is wanted or cannot any more.
public struct OriginateWatch: Sendable {
    /// How far the call has to come before the order is done.
    public enum Goal: String, Sendable, CaseIterable {
        /// The PBX took the order.
        case queued
        /// The called party answered.
        case answered
        /// The called party talks with somebody.
        case bridged
        /// The call is over.
        case done
    }

    /// The uniqueid that the new channel gets.
    public let channelID: String
    /// How far the call has to come.
    public let goal: Goal
    /// The id of the order, by which its answer is known where several orders have one channel id; nil goes by the channel.
    public var orderID: String?
    /// Whether the called party answered.
    public private(set) var isAnswered = false
    private var channel: String?
    private var answerSeconds: Double?
    private var bridgedAt: Double?
    /// The bridge that the channel is in.
    private var bridge: String?
    /// How dialling the far side ended.
    private var dialResult: DialResult?
    private var hangupCause: Int?
    /// The reason that the PBX gave for a call that failed.
    private var failureReason: Int?

    /// A watch on a call that was not ordered yet.
    public init(channelID: String, goal: Goal, orderID: String? = nil) {
        (self.channelID, self.goal, self.orderID) = (channelID, goal, orderID)
    }

    /// Takes an event; gives the outcome once it is clear.
    ///
    /// - Parameter seconds: Seconds from the order to the event.
    public mutating func take(_ event: PBXEvent, after seconds: Double) -> OriginateOutcome? {
        switch event {
        case .originate(let response): return isOurs(response) ? responded(response, seconds) : nil
        case .bridge(.entered(let move)): return entered(move, seconds)
        case .dial(.ended(let dial, let result)):
            if dial.caller == channelID { dialResult = result }
            return nil
        case .channel(.hangupRequested(let end)) where end.uniqueid == channelID:
            return (end.cause ?? 0) > 0 ? ended(end) : nil
        case .channel(.hungUp(let end)) where end.uniqueid == channelID: return ended(end) ?? hungUp(seconds)
        case .channel, .dial, .bridge, .transfer, .parking, .queueCaller, .queueMember, .queueCall, .device, .media,
            .system, .other:
            return nil
        }
    }

    /// An outcome of this call as far as it is known.
    public func outcome(_ status: OriginateOutcome.Status, _ detail: String) -> OriginateOutcome {
        OriginateOutcome(
            status: status,
            channelID: channelID,
            channel: channel,
            detail: detail,
            answerSeconds: answerSeconds,
            talkSeconds: nil
        )
    }

    /// Several orders may name one channel id, of which only the first is carried out: the answer names its order.
    private func isOurs(_ response: OriginateResponse) -> Bool {
        if let orderID, let answered = response.orderID { return orderID == answered }
        return response.uniqueid == channelID
    }

    private mutating func responded(_ response: OriginateResponse, _ seconds: Double) -> OriginateOutcome? {
        guard response.isAnswered else {
            failureReason = response.reason
            return response.reason > 1 || hangupCause != nil ? failure : nil
        }
        isAnswered = true
        channel = response.channel
        answerSeconds = seconds
        if goal == .answered { return outcome(.answered, "The called party answered.") }
        if goal == .bridged, bridgedAt != nil { return outcome(.bridged, "The call is on.") }
        return nil
    }

    /// A failure as far as it is known; a reason that may mean anything is explained by the channel's end, if that is told.
    public var failure: OriginateOutcome? {
        failureReason.map { reason in
            let (status, words) = Self.status(ofReason: reason, cause: hangupCause)
            return outcome(status, words)
        }
    }

    /// The reason is an `AST_CONTROL_*` (main/pbx.c, `pbx_dial_reason`); 0 and 1 stand for all else, a SIP phone's refusal too,
    /// where only the cause of the channel's end tells more (Q.850: 17 busy, 18 and 19 no answer, 21 rejected, 34 to 47
    /// congestion).
    private static func status(ofReason reason: Int, cause: Int?) -> (OriginateOutcome.Status, String) {
        switch (reason, cause) {
        case (5, _), (0...1, 17?): (.busy, "The called party is busy.")
        case (3, _), (0...1, 18?), (0...1, 19?): (.noAnswer, "The called party did not answer.")
        case (8, _), (0...1, 21?), (0...1, (34...47)?): (.congestion, "The call was rejected, or no line is free.")
        default: (.failed, "The call could not be made: the called party is unknown or not registered.")
        }
    }

    private mutating func entered(_ move: BridgeMove, _ seconds: Double) -> OriginateOutcome? {
        if move.channel.uniqueid == channelID { bridge = move.bridge }
        guard let bridge, bridge == move.bridge, bridgedAt == nil else { return nil }
        // Asterisk 11 tells of a bridge only when both are in it.
        guard (move.occupants ?? 2) >= 2 else { return nil }
        bridgedAt = seconds
        return goal == .bridged && isAnswered ? outcome(.bridged, "The call is on.") : nil
    }

    /// Keeps why our channel ends, which may explain a failure.
    private mutating func ended(_ end: ChannelEnd) -> OriginateOutcome? {
        guard let cause = end.cause else { return nil }
        hangupCause = cause
        return failure
    }

    private mutating func hungUp(_ seconds: Double) -> OriginateOutcome? {
        guard isAnswered else { return nil }
        var result: OriginateOutcome
        if bridgedAt == nil, let dialResult, dialResult != .answer {
            let status: OriginateOutcome.Status =
                switch dialResult {
                case .busy: .busy
                case .noAnswer, .cancel: .noAnswer
                case .congestion, .unavailable: .congestion
                case .answer, .other: .failed
                }
            result = outcome(status, "The called party answered; the far side did not (\(dialResult)).")
        } else if goal == .bridged, bridgedAt == nil {
            result = outcome(.failed, "The call ended before anybody else was on it.")
        } else {
            result = outcome(.done, "The call is over.")
        }
        result.talkSeconds = bridgedAt.map { seconds - $0 }
        return result
    }
}
