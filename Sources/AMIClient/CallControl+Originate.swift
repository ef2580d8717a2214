import AMI
import Base
public import Switchboard

extension CallControl {
    /// Makes a call and returns when it has reached the requested state, or can no longer reach it. An ``OrderDesk``
    /// decides beforehand whether the call may be made.
    ///
    /// - Parameter request: The call.
    /// - Returns: The outcome. A lost connection results in the status `unknown`, never in a second attempt.
    /// - Throws: ``ManagerError`` if the call was not made.
    public func originate(_ request: OriginateRequest) async throws(ManagerError) -> OriginateOutcome {
        try request.validate()
        // If a request's id is in use, the PBX answers as for a failed call, or not at all if the request only has to
        // be queued.
        if request.isRepeatable, await isOn(request.channelID) ?? false { throw Self.isOnAlready }
        if request.wait == .queued { return try await place(request, nil) { _ in } }
        return try await client.listen(for: .callControl) { (events) async throws(ManagerError) in
            try await place(request, events) { _ in }
        }
    }

    /// The number of active calls made by this program.
    ///
    /// - Throws: ``ManagerError``
    public func ownCalls() async throws(ManagerError) -> Int {
        let own = try await channels().filter { $0.uniqueid.hasPrefix(OriginateRequest.channelIDPrefix) }
        return Set(own.map(\.linkedid)).count
    }

    /// Makes a call whose events arrive on an already open stream; without a stream, the call is only requested. A user
    /// who may log in only once has no second stream, so `noticing` is shown what is read from this one.
    func place(
        _ request: OriginateRequest,
        _ events: EventStream?,
        _ noticing: (PBXEvent) -> Void
    ) async throws(ManagerError) -> OriginateOutcome {
        let started = ContinuousClock.now
        var watch = OriginateWatch(
            channelID: request.channelID,
            goal: request.wait,
            needsTalk: request.destination.needsTalk
        )
        let ordered = try await order(request, &watch)
        guard let events else { return ordered }
        let outcome: OriginateOutcome
        do throws(ManagerError) {
            outcome = try await follow(&watch, request, events, noticing, since: started, ordered: ordered)
        } catch {
            guard error.code != .cancelled else { throw error }
            return watch.outcome(.unknown, "The connection was lost while the call was being watched.")
        }
        return try await confirmed(outcome, request, watch)
    }

    private func order(
        _ request: OriginateRequest,
        _ watch: inout OriginateWatch
    ) async throws(ManagerError) -> OriginateOutcome {
        do {
            watch.orderID = try await client.send(request.action).response.actionID
            return watch.outcome(.queued, "The PBX accepted the order.")
        } catch {
            guard error.code == .outcomeUnknown else { throw error }
            watch.orderID = error.actionID
            return watch.outcome(
                .unknown,
                "The order was sent, but the PBX did not confirm it; the call may be in progress."
            )
        }
    }

    private func follow(
        _ watch: inout OriginateWatch,
        _ request: OriginateRequest,
        _ events: EventStream,
        _ noticing: (PBXEvent) -> Void,
        since started: ContinuousClock.Instant,
        ordered: OriginateOutcome
    ) async throws(ManagerError) -> OriginateOutcome {
        // The PBX answers an asynchronous Originate when the ringing ends, whatever comes first. If it did not confirm
        // the request, it may not know it; in that case no channel appears either.
        let longest = started + request.timeout + confirmTimeout
        var deadline = ordered.status == .unknown ? min(longest, .now + confirmTimeout) : longest
        var isSilent = true
        while let item = try await events.next(until: deadline) {
            guard case .event(let received) = item else {
                return watch.outcome(.unknown, "Events were lost while the call was being set up.")
            }
            isSilent = false
            for part in received.parts {
                noticing(part.event)
                if let outcome = watch.take(part.event, after: ContinuousClock.now - started) { return outcome }
            }
            if watch.isAnswered {
                deadline =
                    request.wait == .done
                    ? .now + .seconds(86_400) : started + request.timeout + request.bridgeTimeout
            } else if watch.failure != nil {
                deadline = min(deadline, .now + .seconds(1))
            } else if watch.isCreated {
                deadline = longest
            }
        }
        if let failure = watch.failure { return failure }
        if ordered.status == .unknown { return ordered }
        let reason = isSilent ? ": the AMI user may read no events (`read = call` in manager.conf)" : ""
        return watch.outcome(.unknown, "The PBX did not report the outcome of the call in time\(reason).")
    }

    /// A ChannelId that is in use causes the same "failed" as everything for which the PBX has no specific word.
    private func confirmed(
        _ outcome: OriginateOutcome,
        _ request: OriginateRequest,
        _ watch: OriginateWatch
    ) async throws(ManagerError) -> OriginateOutcome {
        guard request.isRepeatable, watch.failure != nil else { return outcome }
        // The channel existed before, so its end says nothing about this request.
        if watch.isEnded, !watch.isCreated { throw Self.isOnAlready }
        guard outcome.status == .failed else { return outcome }
        switch await isOn(request.channelID) {
        case true?: throw Self.isOnAlready
        case false?: return outcome
        case nil: return watch.outcome(.unknown, "\(outcome.detail) Or a call with this channel id already exists.")
        }
    }

    /// Whether a channel with this id exists; nil if the PBX does not say.
    private func isOn(_ channelID: String) async -> Bool? {
        try? await channels().contains { $0.uniqueid == channelID }
    }

    private static var isOnAlready: ManagerError {
        ManagerError(.refused, "A call with this channel id already exists; nothing was dialled.")
    }
}

extension OriginateRequest.Destination {
    /// Whether the call is incomplete without a conversation. These applications connect the party with somebody.
    var needsTalk: Bool {
        switch self {
        case .exten: true
        case .application(let name, _): Self.talks.contains(name.lowercased())
        }
    }

    private static let talks: Set = ["bridge", "confbridge", "dial", "followme", "page", "queue"]
}
