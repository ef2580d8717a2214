public import CallRecords

/// How a number as written was understood.
public struct NumberExplanation: Hashable, Sendable {
    /// Who it stands for.
    public let party: PartyNumber
    /// The rule that decided.
    public let rule: NumberRule
    /// What was taken off as the code for an outside line.
    public let outsidePrefix: String?
    /// Whether a public number fits a pattern that its country is known to have; true of all that is no public number.
    public let isVerified: Bool

    init(party: PartyNumber, rule: NumberRule, outsidePrefix: String? = nil, isVerified: Bool = true) {
        self.party = party
        self.rule = rule
        self.outsidePrefix = outsidePrefix
        self.isVerified = isVerified
    }

    /// A sentence's worth: `a national number of RU, behind 9 for an outside line`.
    public var reason: String {
        rule.description + (outsidePrefix.map { ", behind \($0) for an outside line" } ?? "")
            + (isVerified ? "" : ", not verified: no numbers such as this one are known")
    }
}

/// The rules by which a number is understood.
public enum NumberRule: Hashable, Sendable, CustomStringConvertible {
    case empty, letters, withheld, code, extensionPlan, emergency, noNumber
    case international
    case internationalPrefix(String)
    case national(region: String)
    case nationalPrefix(String, region: String)
    case nationalBehindPlus
    case formerNational(region: String)
    case local(areaCode: String, region: String)
    case countryCodeWithoutPlus

    /// What the rule says, for a person.
    public var description: String {
        switch self {
        case .empty: "there is nothing"
        case .letters: "not a number but a word"
        case .withheld: "the number is withheld"
        case .code: "a code with * or #"
        case .extensionPlan: "an extension by the PBX's plan"
        case .emergency: "an emergency number"
        case .noNumber: "digits that are no number of any country"
        case .international: "an international number"
        case .internationalPrefix(let prefix): "an international number, dialled with \(prefix)"
        case .national(let region): "a national number of \(region)"
        case .nationalPrefix(let prefix, let region): "a national number of \(region), dialled with \(prefix)"
        case .nationalBehindPlus: "a national number behind a plus that does not belong there"
        case .formerNational(let region): "a national number of \(region) in the form of an earlier numbering plan"
        case .local(let areaCode, let region): "a local number of area \(areaCode) in \(region)"
        case .countryCodeWithoutPlus: "an international number without its plus"
        }
    }
}
