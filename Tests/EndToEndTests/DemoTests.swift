import Base
import FoundationEssentials
import Testing

@testable import DemoCentre

/// The fortnight of the demo is loaded, and every figure of its reports compared with what its generator decided.
///
/// It contains the night in which the clock is changed back, so that one day has 25 hours.
@Suite(.enabled(if: Site.canRun, "\(Site.reason)"), .timeLimit(.minutes(10)))
struct DemoTests {
    private static let centre = Centre(lastDay: CalendarDay(year: 2026, month: 11, day: 1), seed: 1)

    /// A report, how it is divided, and the columns that name a row.
    private static let reports: [(name: String, interval: Centre.Interval, key: [String])] = [
        ("queues", .none, ["period_start", "queue"]), ("queues", .day, ["period_start", "queue"]),
        ("queues", .hour, ["period_start", "queue"]), ("agents", .none, ["period_start", "agent"]),
        ("agents", .day, ["period_start", "agent"]), ("calls", .none, ["period_start", "direction"]),
        ("calls", .day, ["period_start", "direction"]),
        ("lost-calls", .none, ["caller_e164"]),
        ("lost-visits", .none, ["linkedid", "queue"]), ("rings", .none, ["period_start", "agent", "queue"]),
        ("rings", .day, ["period_start", "agent", "queue"]), ("pauses", .none, ["period_start", "agent", "reason"]),
        ("pauses", .day, ["period_start", "agent", "reason"]), ("dids", .none, ["period_start", "did"]),
        ("dids", .day, ["period_start", "did"]), ("outbound", .none, ["period_start", "extension", "country"]),
        ("outbound", .day, ["period_start", "extension", "country"]),
        ("first-contact", .none, ["period_start", "queue"]), ("first-contact", .day, ["period_start", "queue"]),
        ("repeat-callers", .none, ["caller_e164"]), ("hours", .none, ["weekday", "hour"]),
        ("trunks", .none, ["trunk"]), ("agents-needed", .none, ["period_start", "queue"]),
    ]

    @Test func `every figure of the reports is the one that the demo decided`() async throws {
        let site = try Site(configuration: "")
        for file in Self.centre.files(in: site.folder) { try site.write(file.text, to: file.name) }
        var script = "crm-voip etl --all --quiet || exit; chmod 777 $SITE\n"
        for report in Self.reports {
            let interval = report.interval == .none ? "" : "--interval \(report.interval.rawValue)"
            script += """
                crm-voip report \(report.name) --from 2026-10-19 --to 2026-11-02 \(interval) \
                --output $SITE/\(report.name)-\(report.interval).json || exit

                """
        }
        let result = try await site.shell(script)
        try #require(result.status == 0, "\(result.errors)")
        for report in Self.reports {
            let path = "\(site.folder)/\(report.name)-\(report.interval).json"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let reported = try #require(JSON(parsing: text)?.member("rows")?.items)
            Self.compare(reported, Self.centre.rows(of: report.name, by: report.interval), report.key, path)
        }
    }

    private static func compare(_ reported: [JSON], _ truth: [JSON], _ key: [String], _ path: String) {
        let name = { (row: JSON) in key.map { row.member($0)?.line ?? "" }.joined(separator: " ") }
        let byName = Dictionary(reported.map { (name($0), $0) }) { first, _ in first }
        // Rows that nobody has on the other side.
        let missing = truth.map(name).filter { byName[$0] == nil }
        #expect(missing.isEmpty, "\(path) has no \(missing.prefix(3))")
        #expect(!truth.isEmpty && reported.count == truth.count && byName.count == truth.count, "\(path)")
        var differences: [String] = []
        for row in truth {
            guard case .object(let columns) = row, let found = byName[name(row)] else { continue }
            for (column, value) in columns where found.member(column) != value {
                let shown = found.member(column)?.line ?? "nothing"
                differences.append("\(name(row)): \(column) is \(shown), not \(value.line)")
            }
        }
        #expect(
            differences.isEmpty,
            "\(path): \(differences.count) differences\n\(differences.prefix(12).joined(separator: "\n"))"
        )
    }

    @Test func `the same seed makes the same files, and another seed others`() {
        let files = { (centre: Centre) in [centre.masterCSV, centre.queueLog] }
        let first = files(Self.centre)
        #expect(first == files(Centre(lastDay: Self.centre.lastDay, seed: 1)))
        let other = files(Centre(lastDay: Self.centre.lastDay, seed: 2))
        #expect(first[0] != other[0] && first[1] != other[1])
    }
}

extension JSON {
    /// The value of a member of an object.
    fileprivate func member(_ name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.0 == name }?.1
    }

    fileprivate var items: [JSON]? {
        guard case .array(let items) = self else { return nil }
        return items
    }
}
