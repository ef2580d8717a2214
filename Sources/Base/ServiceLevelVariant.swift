/// Which calls a service level divides by which. T is the threshold and is inclusive.
public enum ServiceLevelVariant: String, Sendable, CaseIterable {
    /// Answered within T / (offered − short abandons − in progress).
    case offered
    /// Answered within T / answered: Asterisk's `SL`.
    case answered
    /// Answered within T / (answered + abandoned).
    case answeredAbandoned = "answered_abandoned"
    /// (Answered within T + abandoned within T) / (answered + abandoned): Asterisk's `SL2`.
    case withAbandoned = "with_abandoned"

    /// The variant used if none is named.
    public static let standard = offered
}
