import Switchboard

/// What an agent does, in words for people. A colour is never the only sign.
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
        case .free: "free"
        case .ringing: "ringing"
        case .talking: "talking"
        case .busy: "on another call"
        case .paused: "paused"
        case .unavailable: "unavailable"
        }
    }

    /// A sign beside the word.
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
