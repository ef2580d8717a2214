import AMIClient
import Base
import Services
import Switchboard

extension Role {
    /// The role on a page.
    var word: String {
        switch self {
        case .wall: localized("wall", context: "role")
        case .viewer: localized("viewer", context: "role")
        case .lead: localized("lead", context: "role")
        case .operator: localized("operator", context: "role")
        case .admin: localized("admin", context: "role")
        }
    }
}

extension CallControl.SpyMode {
    /// The way of hearing a call on a page.
    var word: String {
        switch self {
        case .listen: localized("listen", context: "hear a call")
        case .whisper: localized("whisper", context: "hear a call")
        case .barge: localized("barge", context: "hear a call")
        }
    }
}

extension OriginateOutcome {
    /// The outcome in a sentence. In English it is more exact.
    var sentence: String {
        guard Language.current != .english else { return detail }
        return switch status {
        case .queued: localized("The PBX has taken the order.")
        case .answered: localized("The called party answered.")
        case .bridged: localized("The call is connected.")
        case .done: localized("The call is over.")
        default: CallOutcomeWords.sentence(status.rawValue)
        }
    }
}

extension TransferOutcome {
    /// The outcome in a sentence. In English it is more exact.
    var sentence: String {
        guard Language.current != .english else { return detail }
        return status == .done ? localized("It is connected.") : CallOutcomeWords.sentence(status.rawValue)
    }
}

/// What became of a call that an order made or moved.
private enum CallOutcomeWords {
    static func sentence(_ status: String) -> String {
        switch status {
        case "busy": localized("The called party is busy.")
        case "no_answer": localized("The called party did not answer.")
        case "congestion": localized("The call was rejected, or no line is free.")
        case "unknown": localized("It is not known whether the order was carried out.")
        default: localized("The call could not be made: the called party is unknown or not registered.")
        }
    }
}
