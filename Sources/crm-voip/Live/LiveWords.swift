import Base
import Switchboard

/// States as people read them, in the language of the task.
extension QueueBoard.Member.Status {
    var shown: String {
        switch self {
        case .unknown: localized("unknown", context: "member")
        case .notInUse: localized("free", context: "member")
        case .inUse: localized("in use", context: "member")
        case .busy: localized("busy", context: "member")
        case .invalid: localized("invalid", context: "member")
        case .unavailable: localized("unavailable", context: "member")
        case .ringing: localized("ringing", context: "member")
        case .ringInUse: localized("ringing, in use", context: "member")
        case .onHold: localized("on hold", context: "member")
        }
    }
}

extension ChannelSnapshot.State {
    var shown: String {
        switch self {
        case .down: localized("down", context: "channel")
        case .reserved: localized("reserved", context: "channel")
        case .offHook, .diallingOffHook: localized("off-hook", context: "channel")
        case .dialling: localized("dialling", context: "channel")
        case .ring: localized("ring", context: "channel")
        case .ringing, .preRing: localized("ringing", context: "channel")
        case .up: localized("up", context: "channel")
        case .busy: localized("busy", context: "channel")
        }
    }
}
