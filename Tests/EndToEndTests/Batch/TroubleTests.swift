import FoundationEssentials
import Testing

/// What a nightly run does if one of its inputs is damaged: the rest is loaded, the status is 2, and the input is
/// named.
@Suite(.enabled(if: Site.canRun, "\(Site.reason)"), .timeLimit(.minutes(10)))
struct TroubleTests {
    @Test func `a damaged and a missing file affect nothing else`() async throws {
        let site = try Site()
        let result = try await site.shell(
            """
            gzip -c $sample/Master.csv | head -c 20000 >"$SITE/Master.csv.2.gz"
            crm-voip etl --file "$SITE/Master.csv.2.gz" "$SITE/gone.csv" $sample/Master.csv \\
                --queue-log $sample/queue_log "$SITE/gone_log" --json --quiet
            """
        )
        #expect(result.status == 2)
        let output = try RunOutput(result.output)
        // Complete records at the beginning of the damaged file may have been read.
        #expect(output.cdr.map { $0.inserted == 1931 && $0.addUp } == true)
        #expect(output.queue_log?.inserted == 1234)
        for name in ["Master.csv.2.gz", "gone.csv", "gone_log"] {
            #expect(output.warnings.count { $0.contains(name) } == 1, "\(name)")
            #expect(result.errors.contains(name), "\(name)")
        }
        let check = try await site.shell("crm-voip warehouse check")
        #expect(check.status == 0 && check.output == "", "\(check.output)")
    }

    @Test func `a run whose inputs are all missing fails as one with a single input does`() async throws {
        let site = try Site()
        let result = try await site.shell(
            "crm-voip etl --file \"$SITE/gone.csv\" \"$SITE/lost.csv\" --queue-log \"$SITE/gone_log\" --json"
        )
        #expect(result.status == 66 && result.output == "")
        #expect(result.errors.contains("gone"))
    }

    @Test func `a new reject is mailed, even next to a known one`() async throws {
        let site = try Site()
        var lines = try Site.sampleLines()
        lines[100] = lines[100].replacing("\"2026-11-22 ", with: "\"2026-13-22 ")
        try site.write(lines.joined(), to: "Master.csv")
        let load = "crm-voip etl --file \"$SITE/Master.csv\" --json --quiet"
        #expect(try await site.shell(load).status == 2)
        #expect(try await site.shell(load).status == 0)
        lines[200] = lines[200].replacing("\"2026-11-22 ", with: "\"2026-14-22 ")
        try site.write(lines.joined(), to: "Master.csv")
        let again = try await site.shell(load)
        #expect(again.status == 2 && again.errors.contains("Rejected 1 record "))
        #expect(try RunOutput(again.output).cdr?.rejected == 2)
    }

    @Test func `contacts that cannot be refreshed are reported everywhere, and the calls are loaded`() async throws {
        let site = try Site()
        #expect(try await site.shell("\(ETLTests.load)").status == 0)
        let result = try await site.shell(
            "CRM_VOIP_CONTACTS_CSV=\"$SITE/gone.csv\" crm-voip etl --file $sample/Master.csv --quiet --json"
        )
        #expect(result.status == 2)
        let output = try RunOutput(result.output)
        #expect(output.cdr?.unchanged == 1931 && output.warnings.count { $0.contains("gone.csv") } == 1)
        #expect(result.errors.contains("contacts could not be refreshed") && result.errors.contains("gone.csv"))
        let status = try await site.shell("crm-voip warehouse status --json")
        #expect(status.output.contains("\"exit_status\": 2"))
    }

    /// Two PBXs, one of which has no file.
    private static let twoPBXs = """
        [pbx.kazan]
        timezone = "UTC"
        csv = "/nonexistent/Master.csv"
        [pbx.moscow]
        timezone = "UTC"
        csv = "FOLDER/Tests/Samples/asterisk-a/Master.csv"
        [pbx.office.ami]
        host = "10.0.0.1"
        """.replacing("FOLDER", with: Program.root)

    @Test func `all PBXs are loaded, one after the other, and the one that fails is named`() async throws {
        struct Output: Decodable {
            struct Failed: Decodable { var pbx, category, error: String }
            var schema_version: Int
            var runs: [RunOutput]
            var failed: [Failed]
        }
        let site = try Site(configuration: Self.twoPBXs)
        let result = try await site.shell("crm-voip etl --all --quiet --json")
        #expect(result.status == 66)
        #expect(result.errors.contains("kazan") && !result.errors.contains("moscow"))
        let output = try JSONDecoder().decode(Output.self, from: Data(result.output.utf8))
        #expect(output.schema_version == 1 && output.runs.map(\.pbx) == ["moscow"])
        #expect(output.runs.first?.cdr?.inserted == 1931)
        #expect(output.failed.map(\.pbx) == ["kazan"] && output.failed.map(\.category) == ["noInput"])
        let one = try await site.shell("crm-voip etl --all --pbx moscow --json")
        #expect(one.status == 0)
        #expect(try RunOutput(one.output).cdr?.unchanged == 1931)
    }
}
