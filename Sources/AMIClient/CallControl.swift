import AMI
public import Base
public import Switchboard

/// Orders about calls. Each returns when the PBX showed that the thing happened: by an event, or where the AMI user gets no
/// events, by the channels' state.
public struct CallControl: Sendable {
    let client: ManagerClient
    /// How long to look for the sign that an order was carried out.
    public var confirmTimeout: Duration = .seconds(10)

    /// Orders to a PBX.
    public init(_ client: ManagerClient) {
        self.client = client
    }

    /// All channels. Users without `system` or `reporting` rights get them from `Status`, which tells as much.
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
    /// - Returns: The calls as far as channels tell; queue and agent come only with events.
    /// - Throws: ``ManagerError``
    public func calls(at now: Moment = .now) async throws(ManagerError) -> [ActiveCalls.Call] {
        var calls = ActiveCalls()
        calls.replace(with: try await channels(), at: now)
        return calls.longestFirst
    }

    /// The one channel that `text` means: a name, a uniqueid, or a beginning of a name that only one channel has.
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
    ///   - text: Which channel, as for ``resolve(_:)``.
    ///   - variables: Names of variables or functions; nil gives all variables (Asterisk 14 and later).
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
    ///   - channel: A channel of this PBX as it was listed.
    ///   - cause: The Q.850 cause to give, 1 to 127; nil leaves it to the PBX.
    /// - Throws: ``ManagerError``
    public func hangup(_ channel: ChannelSnapshot, cause: Int? = nil) async throws(ManagerError) {
        if let cause, !(1...127).contains(cause) { throw ManagerError(.invalid, "A hangup cause is 1 to 127.") }
        try await client.withEvents(.callControl) { (events) async throws(ManagerError) in
            var action = Action("Hangup", .changes, ["Channel": channel.name])
            action.add("Cause", cause.map { "\($0)" })
            let doubt: ManagerError?
            do throws(ManagerError) {
                doubt = try await give(action)
            } catch {
                // Ended with another leg of its call just now: that is what was asked for.
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

    /// The channels whose name matches a regular expression: what `hangup --matching` shows before it asks.
    ///
    /// - Returns: The channels.
    /// - Throws: ``ManagerError`` with code `invalid` for a bad expression.
    public func channels(matching pattern: String) async throws(ManagerError) -> [ChannelSnapshot] {
        guard let regex = try? Regex(pattern) else {
            throw ManagerError(.invalid, "That is not a regular expression.")
        }
        return try await channels().filter { $0.name.contains(regex) }
    }

    /// Sends an order.
    ///
    /// - Returns: The error that says that its outcome is unknown, where the PBX's answer was lost: events may still tell it.
    func give(_ action: Action) async throws(ManagerError) -> ManagerError? {
        do {
            try await client.send(action)
            return nil
        } catch {
            guard error.code == .outcomeUnknown else { throw error }
            return error
        }
    }

    /// Waits for the sign that an order was carried out, and returns what it told. `what` begins the sentence of the error;
    /// `doubt` is why it is not known whether the PBX took the order, and then only an event counts; `events` was opened
    /// before the order was given; `event` looks at each event; `state` asks the PBX once a second, for users who may not
    /// read these events.
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
        while .now < end {
            if let result = try await events.first(until: min(end, .now + .seconds(1)), event) { return result }
            if let result = try await state() { return result }
        }
        throw ManagerError(.outcomeUnknown, "\(what) was accepted, but the PBX did not show that it happened.")
    }
}
