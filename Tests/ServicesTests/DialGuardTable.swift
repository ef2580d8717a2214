import AMIClient
import Testing

/// One attempt at the dial guard, whether it passes under each of four configurations, and why not.
struct GuardTry: Sendable, CustomTestStringConvertible {
    /// Why a request is refused, by the words of the refusal.
    enum Reason: String, Sendable {
        case abroad = "which is not in `countries`"
        case premium = "premium-rate"
        case unknownNumber = "country"
        case unreadableNumber = "it is not clear what number"
        case unreadableChannel = "it cannot read the channel"
        case context = "leads outside"
        case application = "is not in `applications`"
        case spyOnly = "use the command `spy`"
        case arguments = "the arguments of"
        case steering = "controls how Asterisk dials"
        case value = "could be dialled"
        case workedOut = "would be evaluated by the dialplan"
        case variableName = "not a plain variable name"
        case spying = "may not hear"
    }

    let testDescription: String
    let demands: [Order.Demand]
    /// One letter for each configuration, in the order of ``GuardConfiguration/allCases``: `y` passes, `-` is refused.
    let verdicts: String
    /// Why it is refused if only the region is configured; nil if it passes.
    var reason: Reason?

    private init(_ name: String, _ demands: [Order.Demand], _ verdicts: String) {
        (testDescription, self.demands, self.verdicts) = (name, demands, verdicts)
    }

    /// Attempts that are refused under every configuration, for one reason.
    static func refused(_ reason: Reason, _ tries: [GuardTry]) -> [GuardTry] {
        tries.map { attempt in
            var attempt = attempt
            attempt.reason = reason
            return attempt
        }
    }

    static func channel(_ channel: String, _ verdicts: String = "----") -> Self {
        Self(channel, [.channel(channel), .exten("100", context: "from-internal")], verdicts)
    }

    static func exten(_ exten: String, _ verdicts: String = "----") -> Self {
        Self(exten, [.channel("PJSIP/101"), .exten(exten, context: "from-internal")], verdicts)
    }

    static func other(_ name: String, _ demand: Order.Demand, _ verdicts: String = "----") -> Self {
        Self(name, [.channel("PJSIP/101"), demand], verdicts)
    }

    static func application(_ name: String, _ data: String, _ verdicts: String = "----") -> Self {
        other("\(name)(\(data))", .application(name, data: data), verdicts)
    }

    static func variable(_ name: String, _ value: String, _ verdicts: String = "----") -> Self {
        other("\(name)=\(value)", .variable(name, value: value), verdicts)
    }

    static func context(_ exten: String, _ context: String, _ verdicts: String = "----") -> Self {
        other("\(exten)@\(context)", .exten(exten, context: context), verdicts)
    }

    /// Ordinary requests, which pass without objection.
    static let ordinary: [GuardTry] = [
        .channel("PJSIP/101", "yyyy"), .channel("SIP/102", "yy-y"), .channel("Local/103@from-internal", "yyyy"),
        .channel("Local/103@from-internal/n", "yyyy"), .channel("PJSIP/alice", "yyyy"),
        .channel("PJSIP/alice1978", "yy-y"),
        .channel("PJSIP/03012345678@trunk", "yyy-"), .channel("PJSIP/+493012345678@trunk", "yyy-"),
        .channel("PJSIP/trunk/sip:+493012345678@gw.example", "yyy-"), .channel("DAHDI/g1/03012345678", "yy--"),
        .channel("PJSIP/101@10.20.30.40", "yyyy"), .exten("100", "yyyy"), .exten("s", "yyyy"), .exten("sales", "yyyy"),
        .exten("03012345678", "yyy-"), .exten("+493012345678", "yyy-"), .exten("015112345678", "yyy-"),
        .exten("030-1234-5678", "yyy-"), .exten("003012345678", "-y--"), .exten("112", "yy-y"), .exten("*43", "yy-y"),
        .exten("*97", "yy-y"), .exten("*72102", "yy-y"), .exten("*6703012345678", "yy--"),
        .application("Playback", "hello-world", "yyyy"),
        .application("Playback", "custom/hello&custom/bye,skip", "yyyy"),
        .application("Queue", "support", "yyyy"), .application("Queue", "support,tr", "yyyy"),
        .application("Queue", "support,r,,,30", "yyyy"), .application("Echo", "", "yyyy"),
        .application("ConfBridge", "1234", "yyyy"), .application("MusicOnHold", "default,30", "yyyy"),
        .application("SayDigits", "1234", "yyyy"), .application("Wait", "0.5", "yyyy"),
        .variable("ORDER", "4711", "yyyy"), .variable("__CUSTOMER", "Schmidt & Co", "yyyy"),
        .variable("NOTE", "see order 12", "yyyy"), .variable("ORDER", "00442071234567", "--y-"),
        .other("digits of a menu", .digits("1w2#"), "yyyy"), .other("a customer number", .digits("99999999#"), "yyyy"),
        .other("a transfer", .transfer("102", context: "from-internal"), "yyyy"),
        .other("spying that is configured", .spy(supervisor: "PJSIP/200", channel: "PJSIP/301-0000001a"), "--y-"),
    ]
}
