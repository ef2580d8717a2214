public import Base
import CallRecords
public import Transform

/// To whom a number belongs, and why.
public struct ContactMatchResult: ServiceResult {
    /// The number as requested.
    public let number: String
    /// The rule that read the number, the candidates, and what decided between them.
    public let explanation: MatchExplanation

    /// The object that `contacts match --json` prints.
    public var json: JSON {
        [
            "schema_version": 1,
            "number": .string(number),
            "number_e164": explanation.number.party.phoneNumber.map { .string("\($0)") } ?? nil,
            "rule": .string(explanation.number.reason),
            "verified": .boolean(explanation.number.isVerified),
            "match": .string(match),
            "tie_break": explanation.tieBreak.map { .string($0.explanation) } ?? nil,
            "candidates": .array(explanation.candidates.map(Self.json)),
        ]
    }

    private static func json(_ candidate: MatchExplanation.Candidate) -> JSON {
        let contact = candidate.contact
        return [
            "kind": .string(contact.kind.rawValue), "id": .string(contact.id),
            "name": .string(contact.name),
            "owner": contact.owner.map(JSON.string) ?? nil,
            "priority": .integer(Int(candidate.priority)),
            "updated_at": contact.updatedAt.map { .string(ZoneTable.utc.iso8601($0)) } ?? nil,
        ]
    }

    private var match: String {
        guard explanation.number.party.phoneNumber != nil else { return "no_number" }
        switch explanation.candidates.count {
        case 0: return ContactLink.Match.unmatched.rawValue
        case 1: return ContactLink.Match.matched.rawValue
        default: return ContactLink.Match.ambiguous.rawValue
        }
    }
}
