/// One channel dials another.
public enum DialEvent: Sendable, Equatable {
    /// It began.
    case began(Dial)
    /// It ended with a result.
    case ended(Dial, DialResult?)
}

/// Who dials whom.
public struct Dial: Sendable, Equatable {
    /// The uniqueid of the channel that dials; nil where the PBX dials by itself.
    public var caller: String?
    /// The uniqueid of the channel that is dialled.
    public var called: String?
    /// The linkedid of the channel that dials.
    public var callerLinkedid: String?
    /// The linkedid of the channel that is dialled.
    public var calledLinkedid: String?

    /// A dialling of two channels.
    public init(caller: String?, called: String?, callerLinkedid: String? = nil, calledLinkedid: String? = nil) {
        (self.caller, self.called) = (caller, called)
        (self.callerLinkedid, self.calledLinkedid) = (callerLinkedid, calledLinkedid)
    }
}

/// How dialling ended (`DIALSTATUS`, apps/app_dial.c).
public enum DialResult: Sendable, Equatable, CustomStringConvertible {
    case answer, busy, noAnswer, cancel, congestion, unavailable
    /// Anything else, in the PBX's word.
    case other(String)

    /// Reads a PBX's word.
    public init(_ word: String) {
        switch word.uppercased() {
        case "ANSWER", "ANSWERED": self = .answer
        case "BUSY": self = .busy
        case "NOANSWER": self = .noAnswer
        case "CANCEL": self = .cancel
        case "CONGESTION": self = .congestion
        case "CHANUNAVAIL": self = .unavailable
        default: self = .other(word)
        }
    }

    /// Asterisk's word.
    public var description: String {
        switch self {
        case .answer: "ANSWER"
        case .busy: "BUSY"
        case .noAnswer: "NOANSWER"
        case .cancel: "CANCEL"
        case .congestion: "CONGESTION"
        case .unavailable: "CHANUNAVAIL"
        case .other(let word): word
        }
    }
}

/// The answer to an order to make a call, which comes when the ringing ends.
public struct OriginateResponse: Sendable, Equatable {
    /// The id that the client gave its order.
    public var orderID: String?
    /// The new channel's uniqueid, where the PBX tells.
    public var uniqueid: String?
    /// The new channel's name.
    public var channel: String?
    /// Whether the called party answered.
    public var isAnswered: Bool
    /// Why not, as an `AST_CONTROL_*` (include/asterisk/frame.h).
    public var reason: Int

    /// An answer.
    public init(orderID: String?, uniqueid: String?, channel: String?, isAnswered: Bool, reason: Int) {
        self.orderID = orderID
        self.uniqueid = uniqueid
        self.channel = channel
        self.isAnswered = isAnswered
        self.reason = reason
    }
}
