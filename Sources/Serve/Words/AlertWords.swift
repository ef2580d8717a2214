import Base
import Services

/// States of alerts in words for people.
enum AlertWords {
    /// How urgent an alert is.
    static func severity(_ name: String) -> String {
        switch name {
        case "info": localized("info", context: "severity")
        case "warning": localized("warning", context: "severity")
        case "critical": localized("critical", context: "severity")
        default: name
        }
    }
}

extension ListedAlert.Phase {
    /// How far an alert is, on a page.
    var word: String {
        switch self {
        case .firing: localized("firing", context: "alert")
        case .recovering: localized("recovering", context: "alert")
        case .pending: localized("pending", context: "alert")
        case .silenced: localized("silenced", context: "alert")
        case .unknown: localized("unknown")
        }
    }
}

extension StaffingStatus.Phase {
    /// How far a rule for staffing is, on a page.
    var word: String {
        switch self {
        case .normal: localized("normal", context: "staffing")
        case .pending: localized("pending", context: "alert")
        case .staffed: localized("staffed", context: "staffing")
        case .recovering: localized("recovering", context: "alert")
        case .unknown: localized("unknown")
        case .off: localized("off", context: "staffing")
        }
    }
}

extension QueueOrder {
    /// The order in a sentence.
    var word: String {
        guard Language.current != .english else { return rawValue }
        return switch self {
        case .pause: localized("Pause", context: "button")
        case .unpause: localized("Take calls again")
        case .add: localized("Add")
        case .remove: localized("Remove")
        case .penalty: localized("Penalty")
        case .withdraw: localized("Take out of the queue")
        case .move: localized("Move")
        case .hear: localized("Hear")
        }
    }
}
