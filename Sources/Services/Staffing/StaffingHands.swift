import Alerts
import AMIClient
import Configuration
import Logging
import Switchboard

/// What the rules for staffing need of a PBX.
protocol StaffingHands: Sendable {
    /// The states of devices, by their names. One that the PBX does not know has the state `unknown`.
    func states(of devices: Set<String>, on pbx: String) async throws -> [String: QueueBoard.Member.Status]
    /// Carries out an order.
    func carryOut(_ order: StaffingOrder) async -> StaffingOutcome
}

/// The PBXs of a configuration. Every order passes the dial guard and the audit log, in the name of its rule.
struct LiveStaffingHands: StaffingHands {
    private let settings: Settings
    private let logger: Logger

    init(_ settings: Settings, logger: Logger) { (self.settings, self.logger) = (settings, logger) }

    func states(of devices: Set<String>, on pbx: String) async throws -> [String: QueueBoard.Member.Status] {
        try await LiveService(settings, pbx: pbx, logger: logger).states(of: devices)
    }

    func carryOut(_ order: StaffingOrder) async -> StaffingOutcome {
        do {
            let actor = AuditLog.Actor(user: "staffing:\(order.placement.rule)")
            let live = try LiveService(settings, pbx: order.placement.pbx, actor: actor, logger: logger)
            return try await live.carryOut(order)
        } catch let error as ManagerError where error.code == .outcomeUnknown || error.code == .cancelled {
            return .unknown("\(error)")
        } catch {
            return .failed("\(error)")
        }
    }
}
