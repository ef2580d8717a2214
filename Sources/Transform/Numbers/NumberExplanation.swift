public import CallRecords

/// How a written number was understood.
public struct NumberExplanation: Hashable, Sendable {
    /// The party that it identifies.
    public let party: PartyNumber
    /// The rule that decided.
    public let rule: NumberRule
    /// The code for an outside line that was removed.
    public let outsidePrefix: String?
    /// Whether a public number fits a known pattern of its country; true for everything that is not a public number.
    public let isVerified: Bool

    init(party: PartyNumber, rule: NumberRule, outsidePrefix: String? = nil, isVerified: Bool = true) {
        self.party = party
        self.rule = rule
        self.outsidePrefix = outsidePrefix
        self.isVerified = isVerified
    }

    /// The reason as a phrase: `a national number of RU, behind 9 for an outside line`.
    public var reason: String {
        rule.description + (outsidePrefix.map { ", after \($0) for an outside line" } ?? "")
            + (isVerified ? "" : ", not verified: no numbers like this one are known")
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

    /// The rule in words.
    public var description: String {
        switch self {
        case .empty: "there is nothing"
        case .letters: "not a number but a word"
        case .withheld: "the number is withheld"
        case .code: "a code with * or #"
        case .extensionPlan: "an extension by the PBX's plan"
        case .emergency: "an emergency number"
        case .noNumber: "digits that are not a number of any country"
        case .international: "an international number"
        case .internationalPrefix(let prefix): "an international number, dialled with \(prefix)"
        case .national(let region): "a national number of \(region)"
        case .nationalPrefix(let prefix, let region): "a national number of \(region), dialled with \(prefix)"
        case .nationalBehindPlus: "a national number after a plus that does not belong there"
        case .formerNational(let region): "a national number of \(region) in the form of an earlier numbering plan"
        case .local(let areaCode, let region): "a local number of area \(areaCode) in \(region)"
        case .countryCodeWithoutPlus: "an international number without its plus"
        }
    }
}
