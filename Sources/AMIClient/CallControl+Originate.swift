internal import AMI
public import Switchboard

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
        var watch = OriginateWatch(channelID: request.channelID, goal: request.wait)
        let ordered = try await order(request, watch)
        guard let events, ordered.status != .unknown else { return ordered }
        let outcome: OriginateOutcome
        do throws(ManagerError) {
            outcome = try await follow(&watch, request, events, noticing, since: started)
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
        _ request: OriginateRequest,
        _ events: EventStream,
        _ noticing: (Message) -> Void,
        since started: ContinuousClock.Instant
    ) async throws(ManagerError) -> OriginateOutcome {
        // The PBX answers an Async Originate when the ringing ends, whatever comes first.
        var deadline = started + request.timeout + .seconds(10)
        while let item = try await events.next(until: deadline) {
            guard case .event(let received) = item else {
                return watch.outcome(.unknown, "Events were lost while the call was set up.")
            }
            for part in received.parts {
                noticing(part.message)
                let seconds = (ContinuousClock.now - started).inSeconds
                if let outcome = watch.take(part.event, after: seconds) { return outcome }
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
