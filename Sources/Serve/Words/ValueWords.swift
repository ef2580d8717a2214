import Base
import Services

/// Values that programs and the warehouse use, in words for people. A value that is not known here is shown as it is, with
/// blanks for underscores.
enum ValueWords {
    /// The result of a call, of a visit to a queue, or of an attempt to reach an agent.
    static func outcome(_ value: String) -> String {
        switch value {
        case "congestion": localized("no line free")
        case "abandoned": localized("abandoned")
        case "timed_out": localized("timed out")
        case "exit_key": localized("left by a key")
        case "exit_empty": localized("left, no agents")
        case "withdrawn": localized("taken out")
        case "unserved": localized("unserved")
        case "in_progress": localized("in progress")
        case "ringnoanswer": localized("did not answer")
        default: CallWords.disposition(value)
        }
    }

    /// What became of an order.
    static func order(_ value: String) -> String {
        switch value {
        case "done": localized("done", context: "order")
        case "open": localized("open", context: "order")
        case "refused": localized("refused", context: "order")
        case "cancelled": localized("cancelled", context: "order")
        case "unknown": localized("unknown")
        case "queued": localized("queued", context: "order")
        case "bridged": localized("connected", context: "call")
        default: outcome(value)
        }
    }

    /// The kind of a row behind a figure.
    static func rowKind(_ value: String) -> String {
        switch value {
        case "visit": localized("visit", context: "kind of row")
        case "call": localized("call", context: "kind of row")
        case "attempt": localized("attempt", context: "kind of row")
        case "login": localized("login", context: "span of time")
        case "pause": localized("pause", context: "span of time")
        default: CallWords.plain(value)
        }
    }

    /// The plural of a kind, after a number; rows if the kind is empty.
    static func rows(_ kind: String, _ count: Int) -> String {
        switch kind {
        case "visit": localized(count, one: "visit", other: "visits")
        case "call": localized(count, one: "call", other: "calls")
        case "attempt": localized(count, one: "attempt", other: "attempts")
        case "login": localized(count, one: "login", other: "logins")
        case "pause": localized(count, one: "pause", other: "pauses")
        default: localized(count, one: "row", other: "rows")
        }
    }
}
