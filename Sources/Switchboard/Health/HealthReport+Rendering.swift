public import Base

// The report for people, for monitoring systems and for programs.
extension HealthReport {
    /// One line for each part, the worst first.
    public var text: String {
        let width = sections.map(\.name.count).max() ?? 0
        return sections.enumerated().sorted { ($1.element.state.rank, $0.offset) < ($0.element.state.rank, $1.offset) }
            .map { _, section in
                let state = section.state.rawValue.uppercased()
                return state + Self.blanks(9 - state.count) + section.name + Self.blanks(width + 2 - section.name.count)
                    + PrintableText.of(section.summary) + "\n"
            }.joined()
    }

    /// One line for Nagios and similar systems: the problems, then all figures as performance data.
    public var nagios: String {
        let bad = sections.filter { $0.state.rank > State.ok.rank }.sorted { $0.state.rank > $1.state.rank }
        let words = bad.isEmpty ? ["all is well"] : bad.map { "\($0.name) \($0.state.rawValue): \($0.summary)" }
        let line = "\(state.rawValue.uppercased()): " + words.joined(separator: "; ")
        // A vertical bar would begin the performance data.
        let clean = PrintableText.of(String(line.map { $0 == "|" || $0.isNewline ? " " : $0 }))
        let data = sections.flatMap(\.measures).map(Self.performanceData).joined(separator: " ")
        return data.isEmpty ? clean : "\(clean) | \(data)"
    }

    private static func performanceData(_ measure: Measure) -> String {
        let label = [measure.subject, measure.name].compactMap(\.self).joined(separator: ".")
        // A label is quoted, and quotes in it are doubled; an equals sign would end it.
        let quoted = String(
            PrintableText.of(label).flatMap { $0 == "'" ? ["'", "'"] : $0 == "=" || $0 == "|" ? ["_"] : [$0] }
        )
        let ranges = [measure.warning?.description ?? "", measure.critical?.description ?? ""].joined(separator: ";")
        return "'\(quoted)'=\(plain(measure.value))\(measure.unit);\(ranges)"
    }

    /// A file for Prometheus' textfile collector (https://prometheus.io/docs/instrumenting/exposition_formats/).
    public var prometheus: String {
        var text = "# HELP crm_voip_health State of a part: 0 ok, 1 warning, 2 critical, 3 unknown.\n"
        text += "# TYPE crm_voip_health gauge\n"
        for section in sections where section.state != .skipped {
            text += "crm_voip_health{section=\"\(section.name)\"} \(section.state.number)\n"
        }
        var families: [(name: String, measures: [Measure])] = []
        for measure in sections.flatMap(\.measures) {
            if let index = families.firstIndex(where: { $0.name == measure.name }) {
                families[index].measures.append(measure)
            } else {
                families.append((measure.name, [measure]))
            }
        }
        for family in families {
            text += "# TYPE crm_voip_\(family.name) gauge\n"
            for measure in family.measures {
                let label = measure.subject.map { "{queue=\"\(Self.escaped($0))\"}" } ?? ""
                text += "crm_voip_\(family.name)\(label) \(Self.plain(measure.value))\n"
            }
        }
        text += "# TYPE crm_voip_health_time_seconds gauge\ncrm_voip_health_time_seconds \(time.wholeSeconds)\n"
        return text
    }

    /// The report as an object; `schema_version` 1 only ever gains members.
    public var json: JSON {
        .object([
            ("schema_version", .integer(1)), ("time", .integer(Int(time.wholeSeconds))),
            ("state", .string(state.rawValue)),
            ("sections", .array(sections.map(Self.json))),
        ])
    }

    private static func json(_ section: Section) -> JSON {
        .object([
            ("name", .string(section.name)), ("state", .string(section.state.rawValue)),
            ("summary", .string(section.summary)),
            (
                "measures",
                .array(
                    section.measures.map { measure in
                        .object([
                            ("name", .string(measure.name)),
                            ("subject", measure.subject.map(JSON.string) ?? .null),
                            ("value", rounded(measure.value)), ("unit", .string(measure.unit)),
                            ("state", .string(measure.state.rawValue)),
                            ("warning", measure.warning.map { .string($0.description) } ?? .null),
                            ("critical", measure.critical.map { .string($0.description) } ?? .null),
                        ])
                    }
                )
            ),
        ])
    }

    private static func rounded(_ value: Double) -> JSON {
        let thousandths = (value * 1000).rounded()
        guard abs(thousandths) < 1e15 else { return .number(value) }
        return thousandths.truncatingRemainder(dividingBy: 1000) == 0
            ? .integer(Int(thousandths) / 1000) : .number(thousandths / 1000)
    }

    /// A number without an exponent, with at most three decimals.
    public static func plain(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e12 else { return "U" }
        let thousandths = Int((value * 1000).rounded())
        let (whole, rest) = abs(thousandths).quotientAndRemainder(dividingBy: 1000)
        let sign = thousandths < 0 ? "-" : ""
        if rest == 0 { return "\(sign)\(whole)" }
        var digits = String(rest + 1000).dropFirst()
        while digits.last == "0" { digits = digits.dropLast() }
        return "\(sign)\(whole).\(digits)"
    }

    /// A few of the names, so that the text stays on one line.
    public static func some(of names: [String]) -> String {
        let shown = names.prefix(5).joined(separator: ", ")
        return names.count > 5 ? "\(shown) and \(names.count - 5) more" : shown
    }

    private static func blanks(_ count: Int) -> String { String(repeating: " ", count: max(1, count)) }

    private static func escaped(_ label: String) -> String {
        String(
            PrintableText.of(label).flatMap { character -> [Character] in
                switch character {
                case "\\": ["\\", "\\"]
                case "\"": ["\\", "\""]
                default: [character]
                }
            }
        )
    }
}
