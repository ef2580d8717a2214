/// What the cause of a channel's end says about the called party (ITU-T Q.850; the causes for SIP's responses are those
/// of `hangup_sip2cause` in Asterisk's channels/chan_pjsip.c).
public enum HangupCause {
    /// The outcome that a cause implies; nil for a cause that says nothing about the called party, such as 16, the
    /// normal end.
    public static func status(of cause: Int) -> OriginateOutcome.Status? {
        switch cause {
        case 17: .busy
        // No user response, no answer.
        case 18, 19: .noAnswer
        // Rejected; no circuit, network out of order, congestion.
        case 21, 34...47: .congestion
        // No such number, no route, not registered, number changed, out of order, incomplete number; unsupported by the
        // far end.
        case 1...3, 20, 22, 27...29, 58, 65, 66, 69, 79, 88, 102: .failed
        default: nil
        }
    }
}
