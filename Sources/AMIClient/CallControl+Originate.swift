internal import AMI

extension CallControl {
    /// Makes a call and returns when it came as far as asked, or cannot any more. An ``OrderDesk`` decides before whether it may
    /// be made.
    ///
    /// - Parameter request: The call.
    /// - Returns: How it went. A lost connection gives the status `unknown`, never a second attempt.
    /// - Throws: ``ManagerError`` if the call was not made.
    public func originate(_ request: OriginateRequest) async throws(ManagerError) -> OriginateOutcome {
        try request.validate()
        if request.wait == .queued { return try await place(request, nil) { _ in } }
        return try await client.withEvents(.callControl) { (events) async throws(ManagerError) in
            try await place(request, events) { _ in }
        }
    }

    /// How many calls of this program are on.
    ///
    /// - Throws: ``ManagerError``
    public func ownCalls() async throws(ManagerError) -> Int {
        let own = try await channels().filter { $0.uniqueid.hasPrefix(OriginateRequest.channelIDPrefix) }
        return Set(own.map(\.linkedid)).count
    }

    /// Makes a call whose events come on a stream that is open already; without one the call is only ordered. A user who may
    /// log in once has no second stream, so `noticing` is shown what is read of this one.
    func place(
        _ request: OriginateRequest,
        _ events: EventStream?,
        _ noticing: (Message) -> Void
    ) async throws(ManagerError) -> OriginateOutcome {
        let started = ContinuousClock.now
        var watch = OriginateWatch(request: request)
        let ordered = try await order(request, watch)
        guard let events, ordered.status != .unknown else { return ordered }
        let outcome: OriginateOutcome
        do throws(ManagerError) {
            outcome = try await follow(&watch, events, noticing, since: started)
        } catch {
            guard error.code != .cancelled else { throw error }
            return watch.outcome(.unknown, "The connection was lost while the call was watched.")
        }
        return try await confirmed(outcome, request)
    }

    private func order(
        _ request: OriginateRequest,
        _ watch: OriginateWatch
    ) async throws(ManagerError) -> OriginateOutcome {
        do {
            try await client.send(request.action)
            return watch.outcome(.queued, "The PBX took the order.")
        } catch {
            guard error.code == .outcomeUnknown else { throw error }
            return watch.outcome(.unknown, "The connection was lost after the order was sent; the call may be on.")
        }
    }

    private func follow(
        _ watch: inout OriginateWatch,
        _ events: EventStream,
        _ noticing: (Message) -> Void,
        since started: ContinuousClock.Instant
    ) async throws(ManagerError) -> OriginateOutcome {
        let request = watch.request
        // The PBX answers an Async Originate when the ringing ends, whatever comes first.
        var deadline = started + request.timeout + .seconds(10)
        while let item = try await events.next(until: deadline) {
            guard case .event(let raw) = item else {
                return watch.outcome(.unknown, "Events were lost while the call was set up.")
            }
            for event in raw.normalised() {
                noticing(event)
                let seconds = (ContinuousClock.now - started).inSeconds
                if let outcome = watch.take(event, after: seconds) { return outcome }
            }
            if watch.isAnswered {
                deadline =
                    request.wait == .done
                    ? .now + .seconds(86_400) : started + request.timeout + request.bridgeTimeout
            } else if watch.failure != nil {
                deadline = min(deadline, .now + .seconds(1))
            }
        }
        if let failure = watch.failure { return failure }
        return watch.outcome(.unknown, "The PBX did not tell in time what became of the call.")
    }

    /// A live ChannelId gives the same "failed" as everything else that the PBX has no word for.
    private func confirmed(
        _ outcome: OriginateOutcome,
        _ request: OriginateRequest
    ) async throws(ManagerError) -> OriginateOutcome {
        guard outcome.status == .failed, request.isRepeatable else { return outcome }
        let isLive = try await channels().contains { $0.uniqueid == request.channelID }
        guard isLive else { return outcome }
        throw ManagerError(.refused, "A call with this channel id is on already; nothing was dialled.")
    }
}

/// Follows one call through the events.
struct OriginateWatch {
    let request: OriginateRequest
    private(set) var isAnswered = false
    private var channel: String?
    private var answerSeconds: Double?
    private var bridgedAt: Double?
    /// The bridge that the channel is in.
    private var bridge: String?
    /// How dialling the far side ended.
    private var dialStatus: String?
    private var hangupCause: Int?
    /// The reason that the PBX gave for a call that failed.
    private var failureReason: Int?

    init(request: OriginateRequest) {
        self.request = request
    }

    /// Takes a normalised event; gives the outcome once it is clear. Seconds count from the order.
    mutating func take(_ event: Message, after seconds: Double) -> OriginateOutcome? {
        switch event.eventName {
        case "OriginateResponse" where isOurs(event): return responded(event, seconds)
        case "BridgeEnter": return entered(event, seconds)
        case "DialEnd" where isOurs(event):
            dialStatus = event.nonEmpty("DialStatus")
            return nil
        case "HangupRequest" where isOurs(event): return ended(event)
        case "Hangup" where isOurs(event): return ended(event) ?? hungUp(seconds)
        default: return nil
        }
    }

    func outcome(_ status: OriginateOutcome.Status, _ detail: String) -> OriginateOutcome {
        OriginateOutcome(
            status: status,
            channelID: request.channelID,
            channel: channel,
            detail: detail,
            answerSeconds: answerSeconds,
            talkSeconds: nil
        )
    }

    private func isOurs(_ event: Message) -> Bool {
        event["Uniqueid"] == request.channelID
    }

    private mutating func responded(_ event: Message, _ seconds: Double) -> OriginateOutcome? {
        guard event["Response"]?.isSame(as: "Success") ?? false else {
            let reason = event.integer("Reason") ?? 0
            failureReason = reason
            return reason > 1 || hangupCause != nil ? failure : nil
        }
        isAnswered = true
        channel = event.nonEmpty("Channel")
        answerSeconds = seconds
        if request.wait == .answered { return outcome(.answered, "The called party answered.") }
        if request.wait == .bridged, bridgedAt != nil { return outcome(.bridged, "The call is on.") }
        return nil
    }

    /// A failure as far as it is known; a reason that may mean anything is explained by the channel's end, if that is told.
    var failure: OriginateOutcome? {
        failureReason.map { reason in
            let (status, words) = Self.status(ofReason: reason, cause: hangupCause)
            return outcome(status, words)
        }
    }

    /// `Reason` is an `AST_CONTROL_*` (main/pbx.c, `pbx_dial_reason`); 0 and 1 stand for all else, a SIP phone's refusal too,
    /// where only the cause of the channel's end tells more (Q.850: 17 busy, 18 and 19 no answer, 21 rejected, 34 to 47
    /// congestion).
    private static func status(ofReason reason: Int, cause: Int?) -> (OriginateOutcome.Status, String) {
        switch (reason, cause) {
        case (5, _), (0...1, 17?): (.busy, "The called party is busy.")
        case (3, _), (0...1, 18?), (0...1, 19?): (.noAnswer, "The called party did not answer.")
        case (8, _), (0...1, 21?), (0...1, (34...47)?): (.congestion, "The call was rejected, or there is no line.")
        default: (.failed, "The call could not be made: there is no such party, or it is not registered.")
        }
    }

    private mutating func entered(_ event: Message, _ seconds: Double) -> OriginateOutcome? {
        let id = event.nonEmpty("BridgeUniqueid")
        if isOurs(event) { bridge = id }
        guard let bridge, bridge == id, bridgedAt == nil else { return nil }
        // Asterisk 11 tells of a bridge only when both are in it.
        guard (event.integer("BridgeNumChannels") ?? 2) >= 2 else { return nil }
        bridgedAt = seconds
        return request.wait == .bridged && isAnswered ? outcome(.bridged, "The call is on.") : nil
    }

    /// Keeps why our channel ends, which may explain a failure.
    private mutating func ended(_ event: Message) -> OriginateOutcome? {
        // Only the end itself may have no cause.
        guard let cause = event.integer("Cause"), cause > 0 || event.eventName == "Hangup" else { return nil }
        hangupCause = cause
        return failure
    }

    private mutating func hungUp(_ seconds: Double) -> OriginateOutcome? {
        guard isAnswered else { return nil }
        var result: OriginateOutcome
        if bridgedAt == nil, let dialStatus, dialStatus != "ANSWER" {
            let status: OriginateOutcome.Status =
                switch dialStatus {
                case "BUSY": .busy
                case "NOANSWER", "CANCEL": .noAnswer
                case "CONGESTION", "CHANUNAVAIL": .congestion
                default: .failed
                }
            result = outcome(status, "The called party answered; the far side did not (\(dialStatus)).")
        } else if request.wait == .bridged, bridgedAt == nil {
            result = outcome(.failed, "The call ended before anybody else was on it.")
        } else {
            result = outcome(.done, "The call is over.")
        }
        result.talkSeconds = bridgedAt.map { seconds - $0 }
        return result
    }
}
