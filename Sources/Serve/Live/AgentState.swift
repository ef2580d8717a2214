import Base
import Switchboard

/// What an agent is doing, in words for people. Colour is never the only indicator.
enum AgentState: String, Sendable, CaseIterable {
    case free, ringing, talking, busy, paused, unavailable

    init(_ member: QueueBoard.Member) {
        self =
            if !member.isLoggedIn {
                .unavailable
            } else if member.isInCall {
                .talking
            } else if member.status == .ringing || member.status == .ringInUse {
                .ringing
            } else if member.isPaused {
                .paused
            } else {
                switch member.status {
                case .notInUse: .free
                case .inUse, .busy, .onHold: .busy
                case .unknown, .invalid, .unavailable, .ringing, .ringInUse: .unavailable
                }
            }
    }

    /// The word on a page.
    var word: String {
        switch self {
        case .free: localized("free", context: "agent")
        case .ringing: localized("ringing", context: "agent")
        case .talking: localized("talking", context: "agent")
        case .busy: localized("on another call", context: "agent")
        case .paused: localized("paused", context: "agent")
        case .unavailable: localized("unavailable", context: "agent")
        }
    }

    /// A symbol beside the word.
    var sign: String {
        switch self {
        case .free: "○"
        case .ringing: "◔"
        case .talking: "●"
        case .busy: "◐"
        case .paused: "‖"
        case .unavailable: "–"
        }
    }
}
