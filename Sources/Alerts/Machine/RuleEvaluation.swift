/// What the measure of a rule found at one moment.
public struct RuleEvaluation: Sendable, Equatable {
    /// The subjects about which nothing is known.
    public enum Blindness: Sendable, Equatable {
        /// Everything is known.
        case none
        /// Nothing is known about these PBXs.
        case pbxs(Set<String>)
        /// Nothing is known at all, for instance because the warehouse cannot be read.
        case everything

        /// Whether nothing is known about the subject with these labels.
        public func covers(_ labels: [String: String]) -> Bool {
            switch self {
            case .none: false
            case .pbxs(let names): labels["pbx"].map(names.contains) ?? false
            case .everything: true
            }
        }
    }

    /// The rule's name.
    public var rule: String
    /// The figures. A subject that is missing has no fault.
    public var findings: [AlertFinding]
    /// About which subjects nothing is known. What was known before stays as it is.
    public var blindness: Blindness

    /// The findings for a rule.
    public init(_ rule: String, _ findings: [AlertFinding], blindness: Blindness = .none) {
        (self.rule, self.findings, self.blindness) = (rule, findings, blindness)
    }
}
