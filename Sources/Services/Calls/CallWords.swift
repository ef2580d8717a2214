import Base
package import Switchboard

/// Words about calls for pages and terminals, in the language of the task.
package enum CallWords {
    /// `inbound`, for people.
    package static func direction(_ word: String) -> String {
        switch word {
        case "inbound": localized("inbound", context: "call")
        case "outbound": localized("outbound", context: "call")
        case "internal": localized("internal", context: "call")
        case "unknown": localized("unknown", context: "call")
        default: plain(word)
        }
    }

    /// `in`, for narrow tables; a question mark for an unknown direction.
    package static func shortDirection(_ word: String) -> String {
        switch word {
        case "inbound": localized("in", context: "calls")
        case "outbound": localized("out", context: "calls")
        case "internal": localized("int", context: "calls")
        default: "?"
        }
    }

    /// `no answer`, for people.
    package static func disposition(_ word: String) -> String {
        switch word {
        case "answered": localized("answered", context: "call")
        case "no_answer": localized("no answer", context: "call")
        case "busy": localized("busy", context: "call")
        case "failed": localized("failed", context: "call")
        default: plain(word)
        }
    }

    /// A value without words of its own, with blanks for underscores.
    package static func plain(_ word: String) -> String { word.replacing("_", with: " ") }
}

extension ActiveCalls.Call.Stage {
    /// The stage of a call, for people.
    package var word: String {
        switch self {
        case .dialling: localized("dialling", context: "call")
        case .ringing: localized("ringing", context: "call")
        case .waiting: localized("waiting", context: "call")
        case .up: localized("up", context: "call")
        case .talking: localized("talking", context: "call")
        case .parked: localized("parked", context: "call")
        case .over: localized("over", context: "call")
        }
    }
}
