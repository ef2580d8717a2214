import Base
import Services

/// The rules for staffing as text and JSON.
enum StaffingText {
    static func json(_ rules: [StaffingStatus], at: Moment?) -> JSON {
        [
            "schema_version": 1, "at": at.map { .string($0.iso8601) } ?? .null, "rules": .array(rules.map(\.json)),
        ]
    }

    static func table(_ rules: [StaffingStatus], style: Style) -> String {
        if rules.isEmpty { return "No rules are enabled.\n" }
        let rows = rules.map { rule in
            [
                rule.rule, rule.isDryRun ? "\(rule.phase.rawValue) (dry run)" : rule.phase.rawValue, rule.queue,
                rule.action.rawValue, members(rule), rule.trouble ?? rule.summary ?? "",
            ]
        }
        return LiveText.table(["RULE", "STATE", "QUEUE", "ACTION", "MEMBERS", "FINDING"], rows, style: style)
    }

    private static func members(_ rule: StaffingStatus) -> String {
        let texts = rule.members.map { member in
            let name = member.name.isEmpty ? member.interface : "\(member.name) (\(member.interface))"
            guard let since = member.since, !member.isDoubtful else { return "\(name), uncertain" }
            return "\(name) since \(since.iso8601)"
        }
        return texts.joined(separator: "; ")
    }
}
