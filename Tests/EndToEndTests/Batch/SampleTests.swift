import FoundationEssentials
import Testing

/// What is reported about the sample, compared with what `awk` counts in its files.
@Suite(.enabled(if: Site.canRun, "\(Site.reason)"), .timeLimit(.minutes(10)))
struct SampleTests {
    /// Computed with awk from the queue_log:
    ///
    ///     $5=="ENTERQUEUE" {offered[$3]++}
    ///     $5=="CONNECT" {answered[$3]++; wait[$3]+=$6; if ($6<=T[$3]) within[$3]++}
    ///     $5=="ABANDON" {abandoned[$3]++; if ($8<5) short[$3]++; abandon_wait[$3]+=$8}
    ///     $5~/^COMPLETE/ {talk[$3]+=$7}
    static let figures: [[String: String]] = [
        [
            "queue": "sales", "offered": "116", "answered": "86", "abandoned": "26", "abandoned_short": "18",
            "timed_out": "2", "exit_key": "2", "exit_empty": "0", "withdrawn": "0", "unserved": "0",
            "in_progress": "0", "answered_pct": "74.1", "abandoned_pct": "8.2", "service_level_s": "5",
            "service_level_variant": "offered", "service_level_pct": "57.1", "asa_s": "6.0", "wait_avg_s": "5.9",
            "wait_max_s": "25", "abandon_wait_avg_s": "4.3", "talk_total_s": "1176", "talk_avg_s": "13.7",
            "source": "queue_log", "timezone": "UTC", "period_start": "2026-11-22T00:00:00+00:00",
            "period_end": "2026-11-23T00:00:00+00:00",
        ],
        [
            "queue": "support", "offered": "253", "answered": "203", "abandoned": "49", "abandoned_short": "27",
            "timed_out": "0", "exit_key": "1", "exit_empty": "0", "withdrawn": "0", "unserved": "0",
            "in_progress": "0", "answered_pct": "80.2", "abandoned_pct": "9.7", "service_level_s": "10",
            "service_level_variant": "offered", "service_level_pct": "78.3", "asa_s": "5.0", "wait_avg_s": "5.1",
            "wait_max_s": "29", "abandon_wait_avg_s": "5.8", "talk_total_s": "2883", "talk_avg_s": "14.2",
            "source": "queue_log", "timezone": "UTC", "period_start": "2026-11-22T00:00:00+00:00",
            "period_end": "2026-11-23T00:00:00+00:00",
        ],
    ]

    @Test func `the queues report`() async throws {
        let site = try Site()
        let result = try await site.shell(
            "\(ETLTests.load) && crm-voip report queues --from 2026-11-22 --to 2026-11-23 --format csv"
        )
        #expect(result.status == 0 && result.errors == "")
        let rows = result.output.split(whereSeparator: \.isNewline).map { $0.split(separator: ",").map(String.init) }
        try #require(rows.count == 3)
        for (row, figures) in zip(rows.dropFirst(), Self.figures) {
            try #require(row.count == rows[0].count)
            let values = Dictionary(uniqueKeysWithValues: zip(rows[0], row))
            for (name, figure) in figures { #expect(values[name] == figure, "\(name)") }
        }
    }

    @Test func `inspect`() async throws {
        let site = try Site()
        let people = try await site.shell("crm-voip inspect $sample/Master.csv")
        #expect(people.status == 0 && people.errors == "")
        for part in [
            "csv+uniqueid+userfield+new", "21 columns", "1931", "2026-11-22 23:17:03 to 2026-11-22 23:42:04", "UTC",
            "dcontext: callers", "disposition: ANSWERED",
        ] {
            #expect(people.output.contains(part), "\(part)")
        }
        struct Output: Decodable {
            var files: [Found]
        }
        struct Found: Decodable {
            var kind: String
            var layout: String?
            var records, rejected: Int
            var first_utc: String?
            var events: [String: Int]
        }
        let csv = try await site.shell("crm-voip inspect $sample/Master.csv --json")
        let cdrs = try #require(JSONDecoder().decode(Output.self, from: Data(csv.output.utf8)).files.first)
        #expect(cdrs.kind == "cdr" && cdrs.layout == "csv+uniqueid+userfield+new" && cdrs.records == 1931)
        #expect(cdrs.rejected == 0 && cdrs.first_utc == "2026-11-22T23:17:03+00:00")
        let log = try await site.shell("crm-voip inspect $sample/queue_log --json")
        let events = try #require(JSONDecoder().decode(Output.self, from: Data(log.output.utf8)).files.first)
        #expect(events.kind == "queue_log" && events.records == 1234 && events.rejected == 0)
        // cut -d'|' -f5 queue_log | sort | uniq -c
        let counts = ["ENTERQUEUE": 369, "CONNECT": 289, "ABANDON": 75, "QUEUESTART": 1, "RINGNOANSWER": 66]
        #expect(counts.allSatisfy { events.events[$0.key] == $0.value })
        // Inspecting a file creates nothing.
        #expect(!FileManager.default.fileExists(atPath: "\(site.folder)/data"))
    }

    /// contacts.csv: `contact,2,Irina Волков,+7 916 353 0829,3`.
    @Test(arguments: ["89163530829", "+7 (916) 353-08-29", "8-916-353-08-29", "89163530828"])
    func `contacts match`(number: String) async throws {
        let result = try await Site().shell(
            "crm-voip contacts match '\(number)' --explain; crm-voip contacts match '\(number)'"
        )
        // The last number belongs to no contact.
        let isOther = number.hasSuffix("8")
        #expect(result.status == (isOther ? 1 : 0), "\(result.output)\(result.errors)")
        #expect(result.output.contains("+79163530829") == !isOther)
        #expect(result.output.contains("Irina Волков") == !isOther)
    }
}
