import FoundationEssentials
import Testing

@testable import crm_voip

@Suite(.enabled(if: Program.isBuilt, "the program is not beside the tests"))
struct ExitStatusTests {
    @Test(
        arguments: [
            (["config", "check"], .done), (["--version"], .done), (["--help"], .done), (["help", "config"], .done),
            ([], .done),
            (["no-such-command"], .usage), (["config", "check", "--no-such-option"], .usage),
            (["config", "show", "--verbose", "--quiet"], .usage), (["config", "show", "no.such.key"], .usage),
            (["etl", "--every", "0"], .usage), (["etl", "--every", "9223372036854775807"], .usage),
            (["config", "check", "--config", "/nowhere/crm-voip.toml"], .configuration),
            (["config", "show", "--config", "/nowhere/crm-voip.toml"], .configuration),
            (["config", "init", "--config", "/proc/crm-voip.toml"], .failed),
        ] as [([String], crm_voip.ExitStatus)]
    )
    func `The status follows the contract, and stdout has only data`(
        arguments: [String],
        status: crm_voip.ExitStatus
    ) async throws {
        let result = try await Program.shell("exec crm-voip \"$@\"", arguments)
        #expect(result.status == status.rawValue)
        if status == .done {
            #expect(result.errors == "")
            #expect(result.output != "")
        } else {
            #expect(result.output == "")
            #expect(result.errors.hasPrefix("crm-voip: "))
        }
    }

    @Test func `The numbers are those that scripts rely on`() {
        #expect(
            crm_voip.ExitStatus.allCases.map(\.rawValue) == [
                0, 1, 2, 3, 10, 11, 12, 13, 14, 64, 65, 66, 69, 75, 77, 78,
            ]
        )
    }

    @Test func `The operations page lists every status`() throws {
        let page = try String(contentsOfFile: "\(Program.root)/docs/operations.md", encoding: .utf8)
        for status in crm_voip.ExitStatus.allCases {
            #expect(page.contains("\n| \(status.rawValue) | \(status.meaning) |\n"))
        }
    }

    @Test func `Every fault of a configuration is reported with its line`() async throws {
        let result = try await Program.shell(
            "printf '[etl]\\ndayz = 3\\n[reports]\\nservice_level = \"x\"\\n' | crm-voip config check --config /dev/stdin"
        )
        #expect(result.status == crm_voip.ExitStatus.configuration.rawValue)
        #expect(
            result.errors == """
                crm-voip: /dev/stdin:2: Unknown key etl.dayz; did you mean etl.days?
                crm-voip: /dev/stdin:4: reports.service_level should be a number of seconds from 0 to 86400.

                """
        )
    }

    @Test func `A reader that goes away is not a failure`() async throws {
        let result = try await Program.shell("{ sleep 0.2; crm-voip config reference; echo $? >&2; } | true")
        #expect(result.errors == "0\n")
    }

    @Test func `A full disk is worth another try`() async throws {
        let result = try await Program.shell("crm-voip config reference >/dev/full")
        #expect(result.status == crm_voip.ExitStatus.tryAgainLater.rawValue)
        #expect(result.errors == "crm-voip: Cannot write to stdout: No space left on device.\n")
    }
}
