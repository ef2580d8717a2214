import Alerts
import AMIClient
import Base

/// Something that happened to the rules for staffing, with the sentence for the log.
struct StaffingNews: Sendable {
    var event: StaffingEvent?
    var notice: ServiceNotice
}

extension StaffingNews {
    init(_ event: StaffingEvent) { self.init(event: event, notice: Self.notice(event)) }

    /// A log shows only warnings and errors, and what changes a queue belongs there.
    private static func notice(_ event: StaffingEvent) -> ServiceNotice {
        switch event {
        case .began(let placement, let reason):
            ServiceNotice(.warning, "Staffing \(placement.rule): \(placement.shown) \(placement.begun). \(reason)")
        case .ended(let placement, let reason):
            ServiceNotice(
                .warning,
                "Staffing \(placement.rule): \(placement.shown) \(placement.ended), because \(reason)."
            )
        case .released(let placement, let reason):
            ServiceNotice(
                .warning,
                "Staffing \(placement.rule): \(placement.shown) in \(placement.queue) is no longer the rule's, because "
                    + "\(reason)."
            )
        case .failed(let rule, let reason):
            ServiceNotice(.error, "Staffing \(rule): an order failed. \(reason)")
        }
    }
}

extension StaffingEvent {
    /// The rule.
    var rule: String {
        switch self {
        case .began(let placement, _), .ended(let placement, _), .released(let placement, _): placement.rule
        case .failed(let rule, _): rule
        }
    }
}

extension StaffingPlacement {
    /// The interface as it is shown: it may contain the number of an agent's own phone.
    var shownInterface: String { NumberMask.masked(interface) }
    /// The member as the log shows it.
    var shown: String { name.isEmpty ? shownInterface : "\(name) (\(shownInterface))" }

    fileprivate var begun: String {
        let was = isDry ? "would have been" : "was"
        return switch action {
        case .add: "\(was) added to \(queue)"
        case .penalty: "\(was) given the penalty \(penalty) in \(queue)"
        case .unpause: "\(was) unpaused in \(queue)"
        }
    }

    fileprivate var ended: String {
        let was = isDry ? "would have been" : "was"
        return switch action {
        case .add: "\(was) removed from \(queue)"
        case .penalty: "\(was) given the penalty \(formerPenalty) in \(queue) again"
        case .unpause: "\(was) paused in \(queue) again"
        }
    }
}
