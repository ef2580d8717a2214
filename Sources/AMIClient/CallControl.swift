import AMI
public import Base
public import Switchboard

/// Requests about calls. Each returns when the PBX has shown that it was carried out: by an event or, if the AMI user
/// receives no events, by the state of the channels.
public struct CallControl: Sendable {
    let client: ManagerClient
    /// How long to wait for a sign that a request was carried out.
    public var confirmTimeout: Duration = .seconds(10)

    /// Call control for a PBX.
    public init(_ client: ManagerClient) {
        self.client = client
    }

    /// All channels. For users without `system` or `reporting` rights they come from `Status`, which has the same
    /// information.
    ///
    /// - Returns: The channels, in the PBX's order.
    /// - Throws: ``ManagerError``
    public func channels() async throws(ManagerError) -> [ChannelSnapshot] {
        do {
            let items = try await client.list(Action("CoreShowChannels"))
            return ChannelSnapshot.paired(items.compactMap { ChannelSnapshot($0.unescaped()) })
        } catch {
            guard error.code == .permissionDenied || error.code == .unknownCommand else { throw error }
            return ChannelSnapshot.paired(try await client.list(Action("Status")).compactMap { ChannelSnapshot($0) })
        }
    }

    /// The calls: channels folded by their linkedid, longest first.
    ///
    /// - Parameter now: The time at which the calls are listed.
    /// - Returns: The calls as far as channels show them; queue and agent are reported only by events.
    /// - Throws: ``ManagerError``
    public func calls(at now: Moment = .now) async throws(ManagerError) -> [ActiveCalls.Call] {
        var calls = ActiveCalls()
        calls.replace(with: try await channels(), at: now)
        return calls.longestFirst
    }

    /// The one channel that `text` identifies: a name, a uniqueid, or an unambiguous prefix of a name.
    ///
    /// - Returns: The channel.
    /// - Throws: ``ManagerError`` with code `noSuchChannel` or `ambiguousChannel`.
    public func resolve(_ text: String) async throws(ManagerError) -> ChannelSnapshot {
        let channels = try await channels()
        do {
            return try ChannelResolver.resolve(text, among: channels)
        } catch {
            throw ManagerError(error)
        }
    }

    /// One channel with its variables.
    ///
    /// - Parameters:
    ///   - text: The channel, as in ``resolve(_:)``.
    ///   - variables: Names of variables or functions; nil returns all variables (Asterisk 14 and later).
    /// - Returns: The channel.
    /// - Throws: ``ManagerError``
    public func channel(_ text: String, variables: [String]? = nil) async throws(ManagerError) -> ChannelSnapshot {
        let channel = try await resolve(text)
        var action = Action("Status", .reads, ["Channel": channel.name])
        if let variables {
            if !variables.isEmpty { action.add("Variables", variables.joined(separator: ",")) }
        } else {
            action.add("AllVariables", "true")
        }
        let items = try await client.list(action)
        guard let item = items.first(where: { $0.eventName == "Status" }), let status = ChannelSnapshot(item) else {
            throw ManagerError(.noSuchChannel, "The channel has ended.")
        }
        return status
    }

    /// Ends a channel and returns when it is gone.
    ///
    /// - Parameters:
    ///   - channel: A channel of this PBX, as it was listed.
    ///   - cause: The Q.850 cause to send, 1 to 127; nil leaves it to the PBX.
    /// - Throws: ``ManagerError``
    public func hangup(_ channel: ChannelSnapshot, cause: Int? = nil) async throws(ManagerError) {
        if let cause, !(1...127).contains(cause) { throw ManagerError(.invalid, "A hangup cause is 1 to 127.") }
        try await client.listen(for: .callControl) { (events) async throws(ManagerError) in
            var action = Action("Hangup", .changes, ["Channel": channel.name])
            action.add("Cause", cause.map { "\($0)" })
            let doubt: ManagerError?
            do throws(ManagerError) {
                doubt = try await give(action)
            } catch {
                // It ended together with another leg of its call, which is the requested result.
                guard error.code == .refused, try await !isOn(channel) else { throw error }
                return
            }
            try await confirm("The hangup", despite: doubt, by: events) { event in
                guard case .channel(.hungUp(let end)) = event else { return nil }
                return end.uniqueid == channel.uniqueid ? true : nil
            } orState: { () async throws(ManagerError) in
                try await isOn(channel) ? nil : true
            }
        }
    }

    private func isOn(_ channel: ChannelSnapshot) async throws(ManagerError) -> Bool {
        try await channels().contains { $0.uniqueid == channel.uniqueid }
    }

    /// The channels whose names match a regular expression: what `hangup --matching` shows before it asks.
    ///
    /// - Returns: The channels.
    /// - Throws: ``ManagerError`` with code `invalid` for an invalid expression.
    public func channels(matching pattern: String) async throws(ManagerError) -> [ChannelSnapshot] {
        guard let regex = try? Regex(pattern) else {
            throw ManagerError(.invalid, "This is not a valid regular expression.")
        }
        return try await channels().filter { $0.name.contains(regex) }
    }

    /// Sends a request.
    ///
    /// - Returns: The error for an unknown outcome, if the PBX's answer was lost: events may still reveal the outcome.
    func give(_ action: Action) async throws(ManagerError) -> ManagerError? {
        do {
            try await client.send(action)
            return nil
        } catch {
            guard error.code == .outcomeUnknown else { throw error }
            return error
        }
    }

    /// Waits for a sign that a request was carried out, and returns what it showed. `what` begins the error message.
    /// `doubt` is why it is unknown whether the PBX accepted the request, in which case only an event counts. `events`
    /// was opened before the request was sent. `event` examines each event. `state` queries the PBX once a second, for
    /// users who may not read these events.
    @discardableResult
    func confirm<Result>(
        _ what: String,
        despite doubt: ManagerError? = nil,
        by events: EventStream,
        _ event: (PBXEvent) -> Result?,
        orState state: () async throws(ManagerError) -> Result?
    ) async throws(ManagerError) -> Result {
        if let doubt {
            let end = ContinuousClock.now + min(confirmTimeout, .seconds(3))
            do throws(ManagerError) {
                if let result = try await events.first(until: end, event) { return result }
            } catch {
                guard error.code != .cancelled else { throw error }
            }
            throw doubt
        }
        let end = ContinuousClock.now + confirmTimeout
        do throws(ManagerError) {
            while .now < end {
                if let result = try await events.first(until: min(end, .now + .seconds(1)), event) { return result }
                if let result = try await state() { return result }
            }
        } catch {
            throw error.afterAcceptance(of: what)
        }
        throw ManagerError(.outcomeUnknown, "\(what) was accepted, but the PBX did not confirm that it happened.")
    }
}
