import Base
import FoundationEssentials
import Testing

@testable import DemoCentre

/// The rules of `alerts init` are replayed over the fortnight of the demo, and what they find is compared with what its
/// generator decided.
@Suite(.enabled(if: Site.canRun, "\(Site.reason)"), .timeLimit(.minutes(10)))
struct AlertReplayDemoTests {
    private static let centre = Centre(lastDay: CalendarDay(year: 2026, month: 11, day: 1), seed: 1)

    /// Times of which docs/demo.md says whether anything was wrong.
    private static let times: [(name: String, from: String, to: String)] = [
        ("bad-days", "2026-10-27", "2026-10-29"), ("usual-day", "2026-10-23", "2026-10-24"),
        ("advertisement", "2026-10-27T14:00", "2026-10-27T15:00"),
        ("failure", "2026-10-28T10:00", "2026-10-28T11:00"),
        // Nobody calls on the last Sunday: the shop is closed, and its last night would end after the fortnight.
        ("quiet", "2026-11-01T07:00", "2026-11-02"),
    ]

    @Test func `the rules fire when the demo says that they must, and at no other time`() async throws {
        let site = try Site(configuration: "")
        for file in Self.centre.files(in: site.folder) { try site.write(file.text, to: file.name) }
        var script = "crm-voip alerts init >> $CRM_VOIP_CONFIG && crm-voip etl --all --quiet || exit\nchmod 777 $SITE\n"
        for time in Self.times {
            script +=
                "crm-voip alerts test --from '\(time.from)' --to '\(time.to)' --json > $SITE/\(time.name).json || exit\n"
        }
        let result = try await site.shell(script)
        try #require(result.status == 0, "\(result.errors)")
        for time in Self.times {
            let text = try String(contentsOfFile: "\(site.folder)/\(time.name).json", encoding: .utf8)
            let replayed = try JSONDecoder().decode(Replayed.self, from: Data(text.utf8))
            let truth = try AlertTruth(Self.centre, Self.second(time.from), Self.second(time.to))
            for (rule, expected) in truth.rules {
                let found = replayed.rules.first { $0.rule == rule }
                #expect(found?.figures == expected, "\(rule), \(time.name)")
            }
            #expect(replayed.rules.count { $0.replayed } == truth.rules.count, "\(time.name)")
        }
    }

    /// What the comparison above relies on: the bad hours are bad, and the quiet day is quiet.
    @Test func `the demo has two bad hours and a quiet day`() throws {
        let spells = try Self.times.dropFirst(2).map { time in
            try AlertTruth(Self.centre, Self.second(time.from), Self.second(time.to)).rules
        }
        for bad in spells[..<2] {
            for rule in ["long-wait", "nobody-free", "service-level", "abandoned"] {
                #expect(bad[rule].map { $0.fired > 0 && $0.lost > 0 } == true, "\(rule)")
            }
        }
        #expect(spells[2].values.allSatisfy { $0.fired == 0 })
        // Nowhere else have callers of an hour waited for so long in excess of the rule's 120 seconds.
        var excess: [String: Int] = [:]
        for visit in Self.centre.visits where visit.wait > 120 {
            let hour = "\(BerlinClock.day(visit.entered)) \(BerlinClock.hour(visit.entered)) \(visit.queue.name)"
            excess[hour, default: 0] += visit.wait - 120
        }
        let worst = excess.sorted { $0.value > $1.value }.prefix(2).map(\.key)
        #expect(Set(worst) == ["2026-10-27 14 sales", "2026-10-28 10 support"])
    }

    private static func second(_ text: String) throws -> Int {
        let parts = text.split(separator: "T")
        let day = try #require(CalendarDay(String(parts[0])))
        let hour = parts.count > 1 ? try #require(Int(parts[1].prefix(2))) : 0
        return BerlinClock.second(day, hour: hour)
    }
}

/// The output of `alerts test --json` (contract, section 2).
private struct Replayed: Decodable {
    struct Rule: Decodable {
        var rule: String
        var replayed: Bool
        var fired, seconds, longest_s, callers, lost: Int?

        var figures: AlertTruth.Figures? {
            guard let fired, let seconds, let longest_s, let callers, let lost else { return nil }
            return AlertTruth.Figures(fired: fired, seconds: seconds, longest: longest_s, callers: callers, lost: lost)
        }
    }

    var rules: [Rule]
}
