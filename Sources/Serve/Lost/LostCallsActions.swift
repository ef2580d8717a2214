import AMIClient
import Base
import Configuration
import Logging
import Services
import Switchboard

/// What users do about lost callers, shared by pages and programs.
struct LostCallsActions: Sendable {
    let query: LostCallsQuery
    let log: AccessLog
    let orders: OrderRoom

    /// The possible actions.
    enum Action: String, CaseIterable, Sendable {
        case claim, release, done, call

        /// The lowest role that may do it.
        var role: Role { self == .call ? .operator : .lead }
    }

    /// What the action needs in addition to the caller.
    struct Input: Sendable {
        /// The result; for `done`.
        var note: String?
        /// The phone to call first, such as `PJSIP/101`, and the number to dial then; for `call`.
        var phone: String?, number: String?
        /// The call's own id, so that the same request is carried out only once.
        var channelID: String?
    }

    /// Performs the action.
    ///
    /// - Returns: What happened, as a sentence, and the outcome of a call.
    /// - Throws: ``Problem``, and the errors of the services.
    func perform(
        _ action: Action,
        _ id: String,
        _ input: Input,
        _ exchange: Exchange
    ) async throws -> (sentence: String, call: OriginateResult?) {
        let caller = try await query.caller(id, exchange.request.query, exchange.identity)
        let user = OrderRoom.name(of: exchange)
        let service = CallbackService(query.settings)
        log.note(exchange, "lost call \(action.rawValue)", id)
        switch action {
        case .claim:
            let takesOver = exchange.role >= .operator
            try await query.desk.run { try await service.claim(caller, by: user, takesOver: takesOver) }
            return (localized("You are taking care of this caller."), nil)
        case .release:
            let owner = exchange.role >= .operator ? nil : user
            try await query.desk.run { try await service.release(caller, from: owner) }
            return (localized("Nobody is taking care of this caller now."), nil)
        case .done:
            try await query.desk.run { [input] in try await service.finish(caller, by: user, note: input.note) }
            return (localized("Done. The caller returns to the list if they are lost again."), nil)
        case .call:
            let result = try await call(caller, input, exchange)
            return (localized("The call: \(result.outcome.sentence)"), result)
        }
    }

    private func call(
        _ caller: LostCaller,
        _ input: Input,
        _ exchange: Exchange
    ) async throws -> OriginateResult {
        guard let phone = input.phone else {
            throw Problem(.badRequest, "usage", localized("Name the phone to ring first, such as PJSIP/101."))
        }
        let number = input.number ?? Self.dialled(caller, query.settings)
        var request = OriginateRequest(
            channel: phone,
            destination: .exten(number, context: CallControl.usualContext),
            channelID: input.channelID
        )
        request.callerID = "<\(number)>"
        return try await orders.originate(request, pbx: caller.pbx, exchange)
    }

    /// What to dial for a caller: what the users of the PBX would dial, according to the configuration.
    static func dialled(_ caller: LostCaller, _ settings: Settings) -> String {
        ((try? settings.pbx(caller.pbx))?.outsidePrefix ?? "") + caller.number
    }
}
