import Base
import Reporting
import Services

/// The rules for staffing, below the alerts.
struct StaffingView: Sendable {
    let rules: [StaffingStatus]

    /// Users who may see only some queues see only the rules for these.
    static func visible(_ rules: [StaffingStatus], to identity: Identity?) -> [StaffingStatus] {
        guard let queues = identity?.queues else { return rules }
        return rules.filter { queues.contains($0.queue.lowercased()) }
    }

    /// A table; nothing without rules.
    var markup: Markup {
        if rules.isEmpty { return "" }
        return """
            <h2>\(localized("Staffing"))</h2>
            <section class="card scroll" tabindex="0"><table class="list">
            <thead><tr>\(Piece.head(localized("Rule")))\(Piece.head(localized("State")))\(Piece.head(localized("Queue")))\
            \(Piece.head(localized("Members")))\(Piece.head(localized("Finding")))</tr></thead>
            <tbody>
            \(Markup.joined(rules.map { row($0) }, "\n"))
            </tbody></table></section>
            """
    }

    private func row(_ rule: StaffingStatus) -> Markup {
        let summary = Language.current == .english ? rule.summary : rule.translated ?? rule.summary
        let dry: Markup = rule.isDryRun ? "<br><small>\(localized("only says what it would do"))</small>" : ""
        return """
            <tr><th scope="row">\(rule.rule)\(dry)</th><td>\(state(rule))</td><td>\(rule.queue)</td>\
            <td \(Piece.label(localized("Members")))>\(members(rule))</td><td>\(summary ?? "")</td></tr>
            """
    }

    private func state(_ rule: StaffingStatus) -> Markup {
        let age: Markup = rule.since.map { "<br><small>\(Piece.age(Moment.now - $0))</small>" } ?? ""
        guard let trouble = rule.trouble else { return "\(rule.phase.word)\(age)" }
        return """
            <span class="health critical"><span aria-hidden="true">✕</span> \(localized("\(rule.phase.word), orders fail"))</span>\(age)\
            <br><small lang="en">\(trouble)</small>
            """
    }

    private func members(_ rule: StaffingStatus) -> Markup {
        if rule.members.isEmpty { return "–" }
        let lines = rule.members.map { member -> Markup in
            let name = member.name.isEmpty ? member.interface : member.name
            guard let since = member.since, !member.isDoubtful else { return "\(localized("\(name), uncertain"))" }
            return "\(name), \(Piece.age(Moment.now - since))"
        }
        return Markup.joined(lines, "<br>")
    }
}
