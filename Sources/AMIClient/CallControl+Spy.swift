import AMI
public import Switchboard

extension CallControl {
    /// What a supervisor can do on somebody's call.
    public enum SpyMode: String, Sendable, CaseIterable {
        /// Hears both parties.
        case listen
        /// Hears both and speaks to the monitored party.
        case whisper
        /// Speaks to both.
        case barge
    }

    /// Calls a supervisor and connects them to somebody's call; returns once they can hear it.
    ///
    /// - Parameters:
    ///   - supervisor: The channel to call, such as `PJSIP/200`.
    ///   - channel: The channel to listen to.
    ///   - mode: Whether the supervisor can speak.
    ///   - timeout: How long the supervisor's phone rings.
    /// - Returns: The outcome of the call to the supervisor: `bridged` once the PBX reports that the spying began.
    /// - Throws: ``ManagerError``; `refused` if the supervisor answered but the spying did not begin.
    public func spy(
        _ supervisor: String,
        on channel: ChannelSnapshot,
        mode: SpyMode,
        timeout: Duration = OriginateRequest.usualTimeout
    ) async throws(ManagerError) -> OriginateOutcome {
        var request = OriginateRequest(
            channel: supervisor,
            destination: .application("ChanSpy", data: Self.spyArguments(channel, mode))
        )
        request.timeout = timeout
        try request.validate()
        return try await client.listen(for: .callControl) { [request] (events) async throws(ManagerError) in
            let sign = { (event: PBXEvent) -> Bool? in
                switch event {
                // If the supervisor's channel ends, there was nothing to hear.
                case .channel(.hungUp(let end)): return end.uniqueid == request.channelID ? false : nil
                case .channel(.spyBegan(let spying)):
                    let isOurs =
                        spying.spyee ?? channel.uniqueid == channel.uniqueid
                        && spying.spyer ?? request.channelID == request.channelID
                    return isOurs ? true : nil
                default: return nil
                }
            }
            // The event may arrive before the PBX reports that the supervisor answered.
            var began: Bool?
            var outcome = try await place(request, events) { event in
                began = began ?? sign(event)
            }
            guard outcome.status == .answered else { return outcome }
            if began == nil {
                do throws(ManagerError) {
                    began = try await events.first(until: .now + .seconds(5), sign)
                } catch {
                    throw error.afterAcceptance(of: "Spying")
                }
            }
            guard let began else {
                throw ManagerError(
                    .outcomeUnknown,
                    "The supervisor answered, but the PBX did not say that the spying began."
                )
            }
            guard began else {
                throw ManagerError(.refused, "The supervisor answered, but there was no longer a call to hear.")
            }
            outcome.status = .bridged
            outcome.detail = "The supervisor hears the call."
            return outcome
        }
    }

    /// `u` takes the name as exactly one channel; without it, a prefix of a name would match. `q` suppresses
    /// announcements, `E` ends with the call, `S` ends if there is nobody to listen to.
    static func spyArguments(_ channel: ChannelSnapshot, _ mode: SpyMode) -> String {
        let voice =
            switch mode {
            case .listen: ""
            case .whisper: "w"
            case .barge: "B"
            }
        return "\(channel.uniqueid),uqES\(voice)"
    }
}
