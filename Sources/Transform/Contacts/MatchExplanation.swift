import Base
public import CallRecords

/// Why a number is linked to its contact: the answer of `contacts match NUMBER --explain`.
public struct MatchExplanation: Hashable, Sendable {
    /// A contact that has the number.
    public struct Candidate: Hashable, Sendable {
        /// The contact, without its phones.
        public let contact: ContactRecord
        /// The number's priority for this contact; lower is preferred.
        public let priority: Int16
    }

    /// How the number was understood.
    public let number: NumberExplanation
    /// Every contact that has it, the chosen one first.
    public let candidates: [Candidate]
    /// The rule that put the first before the second; `nil` if there are not two.
    public let tieBreak: ContactTieBreak?
}

extension ContactIndex {
    /// Explains to which contact a call with this number would be linked.
    ///
    /// - Parameters:
    ///   - text: the number as written.
    ///   - role: where it was written; `caller` for what a trunk presents.
    ///   - normaliser: the PBX's.
    /// - Returns: how the number is understood, who has it, and what decides between them.
    public func explain(_ text: String, as role: NumberRole = .caller, normaliser: NumberNormaliser) -> MatchExplanation
    {
        let number = normaliser.explain(text, as: role)
        let links = number.party.phoneNumber.map { candidates($0) } ?? []
        let first = links.prefix(2).map { ContactTable.Link(contact: $0.contact.index, priority: $0.priority) }
        return MatchExplanation(
            number: number,
            candidates: links.map { MatchExplanation.Candidate(contact: self[$0.contact], priority: $0.priority) },
            tieBreak: first.count == 2 ? table.decision(first[0], first[1])?.rule : nil
        )
    }
}

extension MatchExplanation: CustomStringConvertible {
    /// Lines for a terminal.
    public var description: String {
        var lines: [String] = []
        switch number.party {
        case .e164(let phone): lines.append("\(phone): \(number.reason)")
        case .extension(let digits): lines.append("\(digits): \(number.reason)")
        case .service(let digits), .unparsed(let digits): lines.append("\(digits): \(number.reason)")
        case .anonymous, .none: lines.append(number.reason)
        }
        guard number.party.phoneNumber != nil else { return lines[0] + "; contacts are matched by public numbers only" }
        switch candidates.count {
        case 0: lines.append("no contact has this number")
        case 1: lines.append("one contact has this number")
        default: lines.append("\(candidates.count) contacts have this number; the first is taken")
        }
        for candidate in candidates {
            let contact = candidate.contact
            var line = "  \(contact.kind.rawValue) \(contact.id)  \(contact.name)  priority \(candidate.priority)"
            if let owner = contact.owner { line += "  owner \(owner)" }
            if let updatedAt = contact.updatedAt {
                line += "  updated \(CivilTime(secondsSince1970: updatedAt.wholeSeconds)) UTC"
            }
            lines.append(line)
        }
        if let tieBreak { lines.append("tie-break: \(tieBreak.explanation)") }
        return lines.joined(separator: "\n")
    }
}
