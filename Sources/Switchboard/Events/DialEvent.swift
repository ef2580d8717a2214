/// One channel dials another.
public enum DialEvent: Sendable, Equatable {
    /// Dialling began.
    case began(Dial)
    /// Dialling ended with a result.
    case ended(Dial, DialResult?)
}

/// Who is dialling whom.
public struct Dial: Sendable, Equatable {
    /// The uniqueid of the dialling channel; nil if the PBX itself dials.
    public var caller: String?
    /// The uniqueid of the dialled channel.
    public var called: String?
    /// The linkedid of the dialling channel.
    public var callerLinkedid: String?
    /// The linkedid of the dialled channel.
    public var calledLinkedid: String?

    /// One channel dialling another.
    public init(caller: String?, called: String?, callerLinkedid: String? = nil, calledLinkedid: String? = nil) {
        (self.caller, self.called) = (caller, called)
        (self.callerLinkedid, self.calledLinkedid) = (callerLinkedid, calledLinkedid)
    }
}

/// How dialling ended (`DIALSTATUS`, apps/app_dial.c).
public enum DialResult: Sendable, Equatable, CustomStringConvertible {
    case answer, busy, noAnswer, cancel, congestion, unavailable
    /// Any other result, in the PBX's own word.
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

/// The answer to a request to make a call, which arrives when the ringing ends.
public struct OriginateResponse: Sendable, Equatable {
    /// The id that the client gave its request.
    public var orderID: String?
    /// The new channel's uniqueid, if the PBX reports it.
    public var uniqueid: String?
    /// The new channel's name.
    public var channel: String?
    /// Whether the called party answered.
    public var isAnswered: Bool
    /// The reason for a failure, as an `AST_CONTROL_*` (include/asterisk/frame.h).
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
