import Base

/// Words about calls, in the language of the task.
enum CallWords {
    /// `inbound`, for people.
    static func direction(_ word: String) -> String {
        switch word {
        case "inbound": localized("inbound", context: "call")
        case "outbound": localized("outbound", context: "call")
        case "internal": localized("internal", context: "call")
        case "unknown": localized("unknown", context: "call")
        default: word
        }
    }

    /// `in`, for narrow tables; a question mark for an unknown direction.
    static func shortDirection(_ word: String) -> String {
        switch word {
        case "inbound": localized("in", context: "calls")
        case "outbound": localized("out", context: "calls")
        case "internal": localized("int", context: "calls")
        default: "?"
        }
    }

    /// `no answer`, for people.
    static func disposition(_ word: String) -> String {
        switch word {
        case "answered": localized("answered", context: "call")
        case "no_answer": localized("no answer", context: "call")
        case "busy": localized("busy", context: "call")
        case "failed": localized("failed", context: "call")
        default: word.replacing("_", with: " ")
        }
    }
}
