/// What a cause for which a channel ended says about the party that was called (ITU-T Q.850; the causes of SIP's answers are those
/// of `hangup_sip2cause` in Asterisk's channels/chan_pjsip.c).
public enum HangupCause {
    /// The outcome that a cause tells; nil for one that says nothing about the called party, such as 16, the ordinary end.
    public static func status(of cause: Int) -> OriginateOutcome.Status? {
        switch cause {
        case 17: .busy
        // No user response, no answer.
        case 18, 19: .noAnswer
        // Rejected; no circuit, the network out of order, congestion.
        case 21, 34...47: .congestion
        // No such number, no route, not registered, number changed, out of order, incomplete number; what the other side cannot do.
        case 1...3, 20, 22, 27...29, 58, 65, 66, 69, 79, 88, 102: .failed
        default: nil
        }
    }
}
