import Testing

/// What a script can rely on when something goes wrong.
@Suite(.enabled(if: Site.canRun, "\(Site.reason)"), .timeLimit(.minutes(10)))
struct FailureTests {
    /// The command, its exit status, and its message.
    @Test(arguments: [
        ("crm-voip etl --file /nonexistent/Master.csv", 66, "/nonexistent/Master.csv"),
        ("crm-voip etl --queue-log /nonexistent/queue_log", 66, "/nonexistent/queue_log"),
        ("crm-voip etl --file /tmp", 66, "folder"),
        ("crm-voip etl --file $sample/queue_log", 65, "queue_log"),
        ("crm-voip etl --file $sample/Master.csv --timezone Nowhere/Atlantis", 64, "Nowhere/Atlantis"),
        ("crm-voip elt --all", 64, "did you mean etl?"),
        ("crm-voip warehouse statsu", 64, "did you mean status?"),
        ("crm-voip report queues --output week.pdf", 64, ".pdf"),
        ("crm-voip report queues", 66, "/data"),
        ("crm-voip warehouse status", 66, "/data"),
        ("crm-voip etl --file $sample/Master.csv --layout nonsense", 64, "layout"),
        ("crm-voip etl --days 1 --all", 64, "cannot be used together"),
        ("crm-voip etl --file $sample/Master.csv --pbx branch", 78, "branch"),
        ("crm-voip inspect /nonexistent/Master.csv", 66, "/nonexistent/Master.csv"),
    ])
    func `the status shows what is wrong`(command: String, status: Int, said: String) async throws {
        let result = try await Site().shell(command)
        #expect(result.status == Int32(status), "\(result.errors)")
        #expect(result.output == "")
        #expect(result.errors.hasPrefix("crm-voip: ") && result.errors.contains(said), "\(result.errors)")
    }

    @Test func `an ambiguous layout must be named, and the answer is used`() async throws {
        let site = try Site()
        let lines = try Site.sampleLines().prefix(50).map { line in
            // Without its last columns, and with a userfield in every record.
            let fields = line.split(separator: "\"DOCUMENTATION\"", maxSplits: 1)
            return "\(fields[0])\"DOCUMENTATION\",\"did:74950000400\"\n"
        }
        let file = try site.write(lines.joined(), to: "Master.csv")
        let asked = try await site.shell("crm-voip etl --file \(file) --json")
        #expect(asked.status == 65 && asked.output == "")
        #expect(asked.errors.contains("--layout csv+uniqueid or --layout csv+userfield"))
        let told = try await site.shell("crm-voip etl --file \(file) --layout csv+userfield --json")
        #expect(told.status == 0)
        #expect(try RunOutput(told.output).cdr?.read == 50)
        let shown = try await site.shell("crm-voip inspect \(file)")
        #expect(shown.output.contains("--layout csv+uniqueid: ") && shown.output.contains("--layout csv+userfield: "))
    }

    @Test func `a faulty configuration is reported with the line`() async throws {
        let site = try Site(configuration: "[pbx.main]\ntimezone = \"UTC\"\ncvs = \"Master.csv\"\n")
        let result = try await site.shell("crm-voip etl --file $sample/Master.csv")
        #expect(result.status == 78 && result.output == "")
        #expect(result.errors.contains("crm-voip.toml:3: ") && result.errors.contains("pbx.main.cvs"))
    }
}
