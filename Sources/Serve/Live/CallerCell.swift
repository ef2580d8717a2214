import Base
import Reporting
import Services

/// What is known about a caller, limited to what a role may see.
struct CallerCell {
    /// The PBX's information.
    let number: String, name: String
    let role: Role
    /// The warehouse's information; nil until it is available.
    let facts: CallerBook.Facts?

    init(_ number: String, _ name: String, pbx: String, _ input: LivePage.Input) {
        (self.number, self.name, role) = (number, name, input.identity.role)
        facts = input.book?.facts(number, pbx: pbx)
    }

    /// A caller of whom the warehouse has told.
    init(_ number: String, _ name: String, role: Role, facts: CallerBook.Facts?) {
        (self.number, self.name, self.role, self.facts) = (number, name, role, facts)
    }

    /// The name in the CRM, or else the PBX's; followed by the contact's owner, the number of calls today, and who last
    /// spoke to them.
    var markup: Markup {
        var parts: [Markup] = []
        if role >= .lead, let contact = facts?.contact {
            parts.append("<strong>\(contact.name)</strong>")
            if let owner = contact.owner {
                parts.append("<small>\(localized("of \(owner)", context: "owner of a contact"))</small>")
            }
        } else {
            let shown = CallerText.name(name, number: number, for: role)
            if !shown.isEmpty { parts.append("\(shown)") }
        }
        if let before = facts?.callsToday, before > 0 {
            parts.append("<small class=\"again\">\(localized("call \(before + 1) today"))</small>")
        }
        if role >= .lead, let who = facts?.spokenBy, let at = facts?.spokenAt {
            let day = DayText.of(CivilTime(secondsSince1970: at.wholeSeconds).date)
            parts.append("<small>\(localized("last with \(who), \(day)"))</small>")
        }
        return Markup.joined(parts, " ")
    }

    /// The same for programs; null for anything unknown or not visible to the role.
    var members: [(String, JSON)] {
        let isOpen = role >= .lead
        func text(_ value: String?) -> JSON { isOpen ? value.map(JSON.string) ?? nil : nil }
        return [
            ("contact_kind", text(facts?.contact?.kind)), ("contact_id", text(facts?.contact?.id)),
            ("contact_name", text(facts?.contact?.name)), ("owner", text(facts?.contact?.owner)),
            ("calls_today", facts.map { .integer($0.callsToday) } ?? nil), ("last_spoken_by", text(facts?.spokenBy)),
            ("last_spoken_at", text(facts?.spokenAt.map { $0.iso8601 })),
        ]
    }
}
