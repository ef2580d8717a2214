import Glibc
import Testing

/// Every command that uses the database, with a session that ends after each of its first messages: the status says whether
/// another try may succeed (75), or that no PostgreSQL answers there (69).
@Suite(.enabled(if: Site.canRun, "\(Site.reason)"), .timeLimit(.minutes(10)))
struct LostDatabaseTests {
    private static let commands = [
        "etl --file $sample/Master.csv --queue-log $sample/queue_log",
        "report queues --from 2026-11-20 --to 2026-11-30",
        "report agents calls lost-calls --from 2026-11-20 --to 2026-11-30 --format json", "calls --from 2026-11-20",
        "calls --number 89160000001 --from 2026-11-20 --json", "call 1795348800.1", "contacts sync",
        "contacts match +79163530829", "warehouse status", "warehouse check", "warehouse migrate",
        "warehouse prune --older-than 20y", "warehouse forget +79990000001",
    ]

    private struct Cut: Sendable {
        var command: String
        var messages: Int
        var end: DatabaseProxy.End
    }

    @Test func `every command says whether another try may succeed`() async throws {
        let site = try Site()
        let prepared = try await site.shell(
            "crm-voip etl --file $sample/Master.csv --queue-log $sample/queue_log --keep --quiet >/dev/null"
        )
        try #require(prepared.status == 0, "\(prepared.errors)")
        // Each command meets each end, at depths that take turns.
        let depths = [0, 2, 5, 9, 14, 20, 30]
        let cuts = Self.commands.enumerated().flatMap { index, command in
            depths.enumerated().map { place, depth in
                let end = DatabaseProxy.End.allCases[(index + place) % DatabaseProxy.End.allCases.count]
                return Cut(command: command, messages: depth, end: end)
            }
        }
        // Runs for one PBX, and what changes everything, keep one another out, so it is one after the other.
        var ended = 0
        for cut in cuts { ended += try await Self.check(cut, site.folder) }
        #expect(ended >= 60, "\(ended) sessions were ended")
        let after = try await site.shell(
            """
            crm-voip etl --file $sample/Master.csv --queue-log $sample/queue_log --json --keep | grep -E '"(inserted|updated)"' | sort -u
            crm-voip warehouse check >/dev/null; echo $?; crm-voip warehouse stop
            """
        )
        #expect(after.output == "    \"inserted\": 0,\n    \"updated\": 0,\n0\n", "\(after.output)\(after.errors)")
    }

    @Test(arguments: [DatabaseProxy.End.terminated, .garbage])
    func `the server says that it cannot answer now, and goes on`(end: DatabaseProxy.End) async throws {
        let site = try Site()
        let prepared = try await site.shell("crm-voip etl --file $sample/Master.csv --keep --quiet >/dev/null")
        try #require(prepared.status == 0, "\(prepared.errors)")
        let proxy = try DatabaseProxy("\(site.folder)/data/run/.s.PGSQL.5432", after: 3, end)
        defer { proxy.stop() }
        let texts = ["/reports/lost-calls.csv", "/reports/queues.json", "/api/v1/calls"]
        // People also read it on the page.
        let pages = ["/reports?report=queues", "/history"]
        let ask = { (path: String) in
            "ask 'GET \(path) HTTP/1.1' 'Host: localhost' 'Accept: text/html' 'Connection: close' | tr -d '\\r'"
        }
        let lines =
            texts.map { ask($0) + " | head -1" }
            + pages.map { ask($0) + " | grep -oE '^HTTP/1.1 503|role=\"alert\"' | sort" }
        let result = try await ServeTests.served(
            "--open-role lead",
            (lines + [ask("/healthz") + " | tail -1"]).joined(separator: "\n"),
            environment: ["CRM_VOIP_WAREHOUSE_URL": Self.url(proxy)]
        )
        let stopped = try await site.shell("crm-voip warehouse stop")
        let answers =
            texts.map { _ in "HTTP/1.1 503 Service Unavailable\n" }
            + pages.map { _ in "HTTP/1.1 503\nrole=\"alert\"\n" }
        #expect(result.output == answers.joined() + "ok\nstatus 0\n", "\(result.output)\(result.errors)")
        #expect(stopped.status == 0 && proxy.endedCount >= answers.count, "\(proxy.endedCount) \(stopped.errors)")
    }

    private static func url(_ proxy: DatabaseProxy) -> String {
        "postgresql://voip_owner@127.0.0.1:\(proxy.port)/crm_voip?sslmode=disable&gssencmode=disable"
    }

    private static func check(_ cut: Cut, _ folder: String) async throws -> Int {
        let proxy = try DatabaseProxy("\(folder)/data/run/.s.PGSQL.5432", after: cut.messages, cut.end)
        let result = try await Program.shell(
            "cd '\(Program.root)'; sample=Tests/Samples/asterisk-a; exec crm-voip \(cut.command)",
            environment: [
                "CRM_VOIP_WAREHOUSE_URL": url(proxy), "CRM_VOIP_DATA": "\(folder)/other",
                "CRM_VOIP_CONFIG": "\(Program.root)/Tests/Samples/asterisk-a/crm-voip.toml",
            ]
        )
        proxy.stop()
        let told = "\(cut.command), \(cut.end) after \(cut.messages): \(result.status.map { "\($0)" } ?? "a signal")"
        guard proxy.endedCount > 0 else {
            // The command has no more messages than that.
            #expect([0, 2, 64, 66].contains(result.status), "\(told) \(result.errors)")
            return 0
        }
        #expect(result.status == (cut.end == .garbage ? 69 : 75), "\(told) \(result.errors)")
        #expect(!result.errors.isEmpty && result.output.isEmpty, "\(told) \(result.errors) \(result.output)")
        return 1
    }
}
