import ArgumentParser
import Testing

@testable import crm_voip

/// Every option that is a number, with numbers that no option means: each is taken if it is in the option's range, else refused,
/// and none ends the program.
@Suite(.enabled(if: Program.isBuilt, "the program is built beside the tests"), .timeLimit(.minutes(10)))
struct NumericOptionTests {
    /// Numbers that some options take; the statuses below are for these.
    private static let numbers = ["0", "1", "100", "1000000000", "2147483648"]
    /// What no option takes: negative ones, ones that no integer or no floating-point number holds, and what is no number.
    private static let others = [
        "-1", "9223372036854775808", "18446744073709551616", "1e400", "1e9", "nan", "inf", "", "٣", "0x10", " 1", "1,5",
    ]

    /// A command in which `@` stands for the number, and its status for each of the numbers, and for the others if some are
    /// taken; `-` where it would run for ever. The status of a number that is taken is that of a missing PBX or database (69,
    /// of `health` 2) or file (66), that of a refused one is 64, of `health` 3.
    private static let options: [(command: String, statuses: String)] = [
        ("report queues --days=@", "69 69 69 64 64"), ("report queues --service-level=@", "69 69 69 64 64"),
        ("report queues --short-abandon=@", "69 69 69 64 64"), ("report queues --target=@", "69 69 69 64 64"),
        ("report queues --week=2026-W@", "64 69 64 64 64"), ("calls --days=@", "69 69 69 64 64"),
        ("calls --limit=@", "64 69 69 64 64"), ("audit --limit=@", "64 0 0 64 64"),
        ("etl --dry-run --file /nonexistent --days=@", "69 69 69 64 64"), ("hangup x --cause=@", "64 69 69 64 64"),
        ("park x --timeout=@", "64 69 69 64 64"), ("dtmf x 1 --duration=@", "64 64 69 64 64"),
        ("dtmf x 1 --gap=@", "69 69 69 64 64"), ("transfer x 1 --attended --limit=@", "64 69 69 64 64"),
        ("originate PJSIP/1 1 --timeout=@", "64 69 69 64 64"), ("queue add q PJSIP/1 --penalty=@", "69 69 69 69 64"),
        ("queue penalty PJSIP/1 -- @", "69 69 69 69 64"), ("events --seconds=@", "64 69 69 69 69"),
        ("events --count=@", "64 69 69 69 69"), ("health --timeout=@", "3 2 2 3 3"),
        ("health --cache=@", "3 2 2 2 2"), ("serve token add t@ --scope metrics --days=@", "64 0 0 64 64"),
        ("serve --replay /nonexistent --speed=@", "64 66 66 64 64 64 64 64 64 64 64 64 64 64 66 64 64"),
        ("serve --replay /nonexistent --skip=@", "66 66 66 64 64"),
        ("etl --file /nonexistent --every=@", "64 - - 64 64"),
        ("warehouse prune --older-than=@d", "64 69 69 64 64"), ("warehouse prune --calls=@d", "64 69 69 64 64"),
        ("warehouse prune --legs=@m", "64 69 69 64 64"), ("warehouse prune --events=@y", "64 69 69 64 64"),
        ("warehouse prune --rejects=@w", "64 69 69 64 64"),
    ]

    @Test func `every number is taken or refused`() async throws {
        #expect(Self.options.count >= 27)
        let all = Self.numbers + Self.others
        var runs: [(command: String, expected: String)] = []
        for option in Self.options {
            let refused = option.command.hasPrefix("health") ? "3" : "64"
            let told = option.statuses.split(separator: " ").map(String.init)
            let expected = told + Array(repeating: refused, count: all.count - told.count)
            for (number, status) in zip(all, expected) {
                let words = option.command.split(separator: " ").map { String($0).replacing("@", with: number) }
                if (try? CRMVoIP.parseAsRoot(words)) == nil {
                    #expect(status == refused, "\(words) is refused")
                } else if status != "-" {
                    // Whether a command can live with the number shows only when it runs.
                    runs.append((words.map { "'\($0)'" }.joined(separator: " "), status))
                }
            }
        }
        let table = "CRM_VOIP_PBX_MAIN_"
        let lines = runs.map { "crm-voip \($0.command) >/dev/null 2>>\"$F/errors\"; echo $?" }.joined(separator: "\n")
        let result = try await Program.shell(
            "F=$(mktemp -d); export CRM_VOIP_DATA=$F/data\n\(lines)\ncat $F/errors >&2; rm -r $F",
            environment: [
                table + "AMI_HOST": "127.0.0.1", table + "AMI_PORT": "1", table + "AMI_USERNAME": "crm",
                table + "AMI_SECRET": "hunter2", table + "REGION": "DE", table + "TIMEZONE": "UTC",
                table + "DIAL_GUARD_PER_MINUTE": "0", table + "DIAL_GUARD_AUDIT_LOG": "/nonexistent/audit.log",
                "CRM_VOIP_WAREHOUSE_URL": "postgresql://crm@127.0.0.1:1/crm",
            ]
        )
        let statuses = result.output.split(separator: "\n").map(String.init)
        try #require(statuses.count == runs.count, "\(result.errors)")
        for (run, status) in zip(runs, statuses) { #expect(status == run.expected, "\(run.command)") }
        #expect(!result.errors.contains("Fatal error") && !result.errors.contains("hunter2"))
    }
}
