import FoundationEssentials
import Testing

/// `[etl] rejects`: records that could not be loaded are in a file, to be corrected and loaded again.
@Suite(.enabled(if: Site.canRun, "\(Site.reason)"), .timeLimit(.minutes(10)))
struct RejectsFileTests {
    private func text(_ site: Site, _ name: String) throws -> String {
        try String(contentsOfFile: "\(site.folder)/\(name)", encoding: .utf8)
    }

    /// The sample's configuration names no such file, so the environment does.
    private let load = "CRM_VOIP_ETL_REJECTS=\"$SITE/rejects.csv\" crm-voip etl --file \"$SITE/Master.csv\" --json"

    @Test func `a record is kept unchanged, once, together with its reason`() async throws {
        let site = try Site()
        var lines = try Site.sampleLines()
        let good = lines[100]
        lines[100] = good.replacing("\"2026-11-22 ", with: "\"2026-13-22 ")
        try site.write(lines.joined(), to: "Master.csv")
        for run in 1...2 {
            #expect(try await site.shell(load).status == (run == 1 ? 2 : 0))
            #expect(try text(site, "rejects.csv") == lines[100])
            let reasons = try text(site, "rejects.csv.log")
            #expect(reasons.hasPrefix("\(site.folder)/Master.csv:101: ") && reasons.contains("not a time"))
            #expect(reasons.split(separator: "\n").count == 1)
        }
        // It contains callers' numbers.
        #expect(try await site.shell("stat -c %a \"$SITE\"/rejects*").output == "600\n600\n")

        try site.write(good, to: "mended.csv")
        let mended = try await site.shell("crm-voip etl --file \"$SITE/mended.csv\" --json")
        #expect(mended.status == 0 && mended.errors == "")
        #expect(try RunOutput(mended.output).cdr?.inserted == 1)
    }

    @Test func `a run without rejects makes no file, and a dry run writes none`() async throws {
        let site = try Site()
        var lines = try Site.sampleLines()
        try site.write(lines.joined(), to: "Master.csv")
        #expect(try await site.shell(load).status == 0)
        lines[100] = lines[100].replacing("\"2026-11-22 ", with: "\"2026-13-22 ")
        try site.write(lines.joined(), to: "Master.csv")
        #expect(try await site.shell(load + " --dry-run").status == 2)
        #expect(try await site.shell("ls \"$SITE\" | grep -c rejects").output == "0\n")
    }

    @Test func `a file that cannot be written is reported, and the loaded data stays`() async throws {
        let site = try Site()
        var lines = try Site.sampleLines()
        lines[100] = lines[100].replacing("\"2026-11-22 ", with: "\"2026-13-22 ")
        try site.write(lines.joined(), to: "Master.csv")
        let failed = try await site.shell("mkdir \"$SITE/rejects.csv\"; \(load)")
        #expect(failed.status == 1 && failed.errors.contains("Cannot write the rejects to \(site.folder)/rejects.csv"))
        #expect(try RunOutput(failed.output).cdr?.inserted == 1930)
        let again = try await site.shell("rmdir \"$SITE/rejects.csv\"; \(load)")
        #expect(try RunOutput(again.output).cdr.map { $0.unchanged == 1930 && $0.rejected == 1 } == true)
        #expect(again.status == 0)
        #expect(try text(site, "rejects.csv") == lines[100])
    }
}
