import Base
import Configuration
import Services

/// Reads the list of lost calls, limited to those that the user may see.
struct LostCallsQuery: Sendable {
    let settings: Settings
    let desk: QueryDesk
    let callbacks: CallbackList

    /// The list, filtered by `days`, `pbx`, `queue`, `owner` and `state`.
    ///
    /// - Throws: ``Problem`` for an invalid value or a queue that may not be seen; the errors of `CallbackService`.
    func list(_ fields: FormFields, _ identity: Identity?) async throws -> CallbackWorklist {
        let days = try Self.days(fields)
        let state = try Self.state(fields)
        if let queue = fields["queue"], let identity, !identity.sees(queue: queue) {
            throw Problem(.forbidden, "notPermitted", localized("You may not see the queue \(queue)."))
        }
        let service = CallbackService(settings)
        let list = try await desk.run { try await service.list(days: days) }
        callbacks.take(list)
        return list.filtered { caller in
            Self.isVisible(caller, to: identity) && Self.isWanted(caller, fields)
                && (state.map { $0 == caller.state } ?? true)
        }
    }

    /// One caller on the list.
    ///
    /// - Throws: ``Problem`` if there is none that the user may see; the errors of `CallbackService`.
    func caller(_ id: String, _ fields: FormFields, _ identity: Identity?) async throws -> LostCaller {
        let days = try Self.days(fields)
        let service = CallbackService(settings)
        let caller = try await desk.run { try await service.caller(id, days: days) }
        guard Self.isVisible(caller, to: identity) else {
            throw Problem(
                .notFound,
                "notFound",
                localized("No caller in the list has the id \(id). Load the list again.")
            )
        }
        return caller
    }

    /// Callers in a queue are visible to the people of that queue; callers outside queues, to users who may see
    /// everything.
    static func isVisible(_ caller: LostCaller, to identity: Identity?) -> Bool {
        guard let identity, identity.queues != nil else { return true }
        return caller.queues.contains { identity.sees(queue: $0) }
    }

    private static func isWanted(_ caller: LostCaller, _ fields: FormFields) -> Bool {
        if let pbx = fields["pbx"], caller.pbx != pbx { return false }
        if let queue = fields["queue"]?.lowercased(), !caller.queues.contains(where: { $0.lowercased() == queue }) {
            return false
        }
        if let owner = fields["owner"]?.lowercased(), caller.contact?.owner?.lowercased() != owner { return false }
        return true
    }

    private static func days(_ fields: FormFields) throws(Problem) -> Int {
        guard fields["days"] != nil else { return CallbackService.usualDays }
        guard let days = fields.integer("days", in: 0...366) else {
            throw Problem(.badRequest, "usage", localized("days should be a number up to 366."))
        }
        return days
    }

    private static func state(_ fields: FormFields) throws(Problem) -> LostCaller.State? {
        guard let text = fields["state"] else { return nil }
        guard let state = LostCaller.State(rawValue: text) else {
            throw Problem(.badRequest, "usage", localized("state should be open, claimed, done or reached."))
        }
        return state
    }
}
