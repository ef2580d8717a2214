import AMI
public import AMIClient
import Switchboard

extension LiveService {
    /// Makes a call.
    ///
    /// - Returns: The outcome; a failed call is also a result.
    /// - Throws: `ManagerError` if the call was not made or was abandoned.
    public func originate(_ request: OriginateRequest) async throws -> OriginateResult {
        _ = try request.preview()
        let order = Order(request)
        // A refusal does not require a connection.
        try desk.precheck(order)
        do {
            return try await withControl { control in
                try await makeCall(order, control) { () async throws(ManagerError) in
                    try await control.originate(request)
                }
            }
        } catch let error as ManagerError where error.code == .cancelled {
            throw ManagerError(
                .cancelled,
                "Cancelled; the call \(request.channelID) may continue. `crm-voip channel \(request.channelID)` shows it."
            )
        }
    }

    /// What an originate would send, if the dial guard permits it.
    ///
    /// - Throws: `ManagerError` with code `invalid` or `dialGuard`.
    public func preview(_ request: OriginateRequest) throws -> OriginatePreview {
        let packet = try request.preview()
        try desk.dialGuard.check(Order(request))
        return OriginatePreview(packet: packet)
    }

    /// Lets a supervisor listen to a call.
    ///
    /// - Parameters:
    ///   - supervisor: The channel to call, such as `PJSIP/200`.
    ///   - channel: The channel to listen to: its name, uniqueid, or an unambiguous prefix of its name.
    ///   - mode: Whether the supervisor can speak.
    /// - Returns: The outcome of the call to the supervisor.
    /// - Throws: `ManagerError`
    public func spy(_ supervisor: String, on channel: String, mode: CallControl.SpyMode) async throws -> OriginateResult
    {
        try await withControl { control in
            let heard = try await control.resolve(channel)
            let order = Order(
                "spy",
                target: "\(supervisor) on \(heard.name) (\(mode.rawValue))",
                demands: [.channel(supervisor), .spy(supervisor: supervisor, channel: heard.name)],
                isCall: true
            )
            return try await makeCall(order, control) { () async throws(ManagerError) in
                try await control.spy(supervisor, on: heard, mode: mode)
            }
        }
    }

    private func makeCall(
        _ order: Order,
        _ control: CallControl,
        _ body: () async throws(ManagerError) -> OriginateOutcome
    ) async throws(ManagerError) -> OriginateResult {
        let outcome = try await desk.carryOut(order) { () async throws(ManagerError) in
            try await control.ownCalls()
        } outcome: { outcome in
            (outcome.status.rawValue, outcome.detail)
        } _: { () async throws(ManagerError) in
            try await body()
        }
        return OriginateResult(outcome: outcome)
    }
}
