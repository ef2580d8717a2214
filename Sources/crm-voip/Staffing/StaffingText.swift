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
        if rules.isEmpty { return localized("No rules are enabled.", context: "staffing") + "\n" }
        let rows = rules.map { rule in
            [
                rule.rule,
                rule.isDryRun
                    ? localized("\(rule.phase.rawValue) (dry run)", context: "staffing") : rule.phase.rawValue,
                rule.queue,
                rule.action.rawValue, members(rule), rule.trouble ?? rule.summary ?? "",
            ]
        }
        return LiveText.table(
            [
                localized("RULE", context: "heading"),
                localized("STATE", context: "heading"),
                localized("QUEUE", context: "heading"),
                localized("ACTION", context: "heading"),
                localized("MEMBERS", context: "heading"),
                localized("FINDING", context: "heading"),
            ],
            rows,
            style: style
        )
    }

    private static func members(_ rule: StaffingStatus) -> String {
        let texts = rule.members.map { member in
            let name = member.name.isEmpty ? member.interface : "\(member.name) (\(member.interface))"
            guard let since = member.since, !member.isDoubtful else {
                return localized("\(name), uncertain", context: "staffing")
            }
            return localized("\(name) since \(since.iso8601)", context: "staffing")
        }
        return texts.joined(separator: "; ")
    }
}
