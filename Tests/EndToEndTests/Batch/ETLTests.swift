import FoundationEssentials
import Testing

/// `etl` as cron and people run it, on the sample's PBX: 1,931 CDRs and 1,234 queue events (`wc -l`).
@Suite(.enabled(if: Site.canRun, "\(Site.reason)"), .timeLimit(.minutes(10)))
struct ETLTests {
    static let load = "crm-voip etl --file $sample/Master.csv --queue-log $sample/queue_log"

    @Test func `the second run changes nothing`() async throws {
        let site = try Site()
        let first = try await site.shell("\(Self.load) --json")
        #expect(first.status == 0 && first.errors == "")
        let loaded = try RunOutput(first.output)
        #expect(loaded.schema_version == 1 && loaded.pbx == "main" && loaded.timezone == "UTC" && !loaded.dry_run)
        #expect(loaded.cdr?.inserted == 1931 && loaded.cdr?.read == 1931 && loaded.cdr?.addUp == true)
        #expect(loaded.queue_log?.inserted == 1234 && loaded.queue_log?.read == 1234 && loaded.queue_log?.addUp == true)
        #expect(loaded.calls > 0 && loaded.matched > 0)
        let second = try await site.shell("\(Self.load) --json")
        #expect(second.status == 0 && second.errors == "")
        let again = try RunOutput(second.output)
        #expect(again.cdr?.unchanged == 1931 && again.cdr?.read == 1931)
        #expect(again.queue_log?.unchanged == 1234 && again.queue_log?.read == 1234)
        #expect(again.calls == 0)
        let check = try await site.shell("crm-voip warehouse check")
        #expect(check.status == 0 && check.output == "" && check.errors == "")
    }

    @Test func `cron gets no output from a run without problems`() async throws {
        let site = try Site()
        for _ in 1...2 {
            let result = try await site.shell("\(Self.load) </dev/null")
            #expect(result.status == 0 && result.output == "" && result.errors == "")
        }
    }

    @Test func `a dry run prints the same and changes nothing`() async throws {
        let site = try Site()
        let dry = try await RunOutput(site.shell("\(Self.load) --json --dry-run").output)
        let real = try await RunOutput(site.shell("\(Self.load) --json").output)
        #expect(dry.dry_run && dry.run_id == nil)
        #expect(dry.cdr == real.cdr && dry.queue_log == real.queue_log && dry.calls == real.calls)
        #expect(dry.matched == real.matched && dry.ambiguous == real.ambiguous && dry.matched > 0)
        #expect(real.cdr?.inserted == 1931)
    }

    @Test func `standard input and compressed files are read like files`() async throws {
        let site = try Site()
        let result = try await site.shell(
            """
            head -n 1000 $sample/Master.csv | crm-voip etl --file - --json >"$SITE/1" &&
            tail -n +1001 $sample/Master.csv | gzip >"$SITE/Master.csv.1.gz" &&
            crm-voip etl --file "$SITE/Master.csv.1.gz" --json
            """
        )
        #expect(result.status == 0 && result.errors == "")
        #expect(try RunOutput(String(contentsOfFile: "\(site.folder)/1", encoding: .utf8)).cdr?.inserted == 1000)
        #expect(try RunOutput(result.output).cdr?.inserted == 931)
    }

    @Test func `a compressed file that ends too early loads nothing`() async throws {
        let site = try Site()
        let result = try await site.shell(
            """
            gzip -c $sample/Master.csv | head -c 20000 >"$SITE/Master.csv.gz"
            crm-voip etl --file "$SITE/Master.csv.gz" --json; echo $?
            crm-voip etl --file $sample/Master.csv --json
            """
        )
        #expect(result.output.hasPrefix("65\n{"))
        #expect(result.errors.hasPrefix("crm-voip: ") && result.errors.contains("Master.csv.gz"))
        #expect(try RunOutput(String(result.output.dropFirst(3))).cdr?.inserted == 1931)
    }

    @Test func `a broken record costs only itself: the status is 2, and the reason is printed once`() async throws {
        let site = try Site()
        var lines = try Site.sampleLines()
        lines[100] = lines[100].replacing("\"2026-11-22 ", with: "\"2026-13-22 ")
        let file = try site.write(lines.joined(), to: "Master.csv")
        for run in 1...2 {
            let result = try await site.shell("crm-voip etl --file \(file) --json")
            #expect(result.status == (run == 1 ? 2 : 0))
            let output = try RunOutput(result.output)
            #expect(output.cdr?.read == 1931 && output.cdr?.rejected == 1 && output.cdr?.addUp == true)
            #expect(run == 1 ? output.cdr?.inserted == 1930 : output.cdr?.unchanged == 1930)
            guard run == 1 else {
                // Cron mails nothing that it has mailed before.
                #expect(result.errors == "")
                continue
            }
            #expect(result.errors.contains("Master.csv, line 101: "))
            #expect(result.errors.contains("not a time"))
            // Callers' numbers do not appear in logs.
            #expect(!result.errors.contains("7916"))
        }
    }

    @Test func `a record that the PBX is just writing is not an error`() async throws {
        let site = try Site()
        let text = try Site.sampleLines().joined()
        try site.write(String(text.dropLast(25)), to: "Master.csv")
        let torn = try await site.shell("crm-voip etl --file \"$SITE/Master.csv\" --json")
        #expect(torn.status == 0 && torn.errors == "")
        #expect(try RunOutput(torn.output).cdr?.inserted == 1930)
        try site.write(text, to: "Master.csv")
        let whole = try await RunOutput(site.shell("crm-voip etl --file \"$SITE/Master.csv\" --json").output)
        #expect(whole.cdr?.inserted == 1 && whole.cdr?.unchanged == 1930)
    }

    /// A pipe with a slow writer keeps the first run busy while it holds the lock.
    @Test func `two runs do not run at the same time`() async throws {
        let site = try Site()
        let result = try await site.shell(
            """
            \(Self.load); echo $?
            # Nothing outside shows when the first has the lock; on a busy machine it takes longer.
            for pause in 1 3 9 27; do
                mkfifo "$SITE/pipe$pause"
                while read -r line; do echo "$line"; sleep 0.2; done <$sample/Master.csv >"$SITE/pipe$pause" & writer=$!
                crm-voip etl --file "$SITE/pipe$pause" & first=$!
                sleep $pause
                \(Self.load); second=$?
                kill $writer; wait $first; first=$?
                [ $second = 3 ] && break
            done
            echo $second $first
            \(Self.load); echo $?
            """
        )
        #expect(result.output == "0\n3 0\n0\n")
        #expect(result.errors.hasPrefix("crm-voip: ") && result.errors.split(separator: "\n").count <= 4)
    }
}
