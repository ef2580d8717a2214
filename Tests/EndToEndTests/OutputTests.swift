import FoundationEssentials
import Testing

@testable import crm_voip

@Suite(.enabled(if: Program.isBuilt, "the program is not beside the tests"))
struct OutputTests {
    private struct Row: Decodable, Equatable {
        var key, value, origin: String
    }

    @Test func `stdout has nothing but JSON`() async throws {
        let result = try await Program.run(
            "config",
            "show",
            "etl",
            "--json",
            "--verbose",
            environment: ["CRM_VOIP_ETL_DAYS": "30"]
        )
        let rows = try JSONDecoder().decode([Row].self, from: Data(result.output.utf8))
        #expect(
            rows == [
                Row(key: "etl.days", value: "30", origin: "CRM_VOIP_ETL_DAYS"),
                Row(key: "etl.batch_rows", value: "7500", origin: "default"),
            ]
        )
        #expect(result.errors == "crm-voip: The configuration is /dev/null.\n")
    }

    @Test func `Secrets do not leave the program`() async throws {
        let environment: [String: String] = [
            "CRM_VOIP_PBX_MAIN_AMI_SECRET": "s3cret", "CRM_VOIP_WAREHOUSE_URL": "postgresql://u:s3cret@h/d",
        ]
        for arguments in [
            ["config", "show"], ["config", "show", "--json"], ["config", "check", "--json", "--verbose"],
        ] {
            let result = try await Program.shell("exec crm-voip \"$@\"", arguments, environment: environment)
            #expect(result.status == 0)
            #expect(!(result.output + result.errors).contains("s3cret"))
        }
    }

    @Test func `Unknown variables cause warnings, except with --quiet`() async throws {
        let environment: [String: String] = ["CRM_VOIP_ETL_DAY": "1"]
        let result = try await Program.run("config", "show", "etl", environment: environment)
        #expect(
            result.errors == """
                crm-voip: warning: Unknown environment variable CRM_VOIP_ETL_DAY; \
                did you mean CRM_VOIP_ETL_DAYS?

                """
        )
        #expect(try await Program.run("config", "show", "etl", "--quiet", environment: environment).errors == "")
    }

    /// Nothing listens on port 1, so every command fails after it has read the configuration.
    @Test(arguments: [
        "health --full --cache 1", "doctor", "originate PJSIP/101 102", "spy PJSIP/101 PJSIP/102", "audit", "channels",
        "transfer PJSIP/101 102", "hangup PJSIP/101", "queue status", "queue status --watch 1", "events --seconds 1",
        "events --store", "etl", "report queues", "calls", "call 1", "contacts sync", "contacts match 123",
        "warehouse status", "warehouse check", "config check", "config show",
    ])
    func `A command warns once, however often it asks for the settings`(command: String) async throws {
        // The site's folder is the data directory: events and health store files there.
        let site = try Site(
            configuration: """
                [pbx.main]
                csv = "/nonexistent/Master.csv"
                [pbx.main.ami]
                port = 1
                username = "u"
                [warehouse]
                url = "postgresql://127.0.0.1:1/x"
                """
        )
        let result = try await site.shell(
            "chmod 600 $SITE/crm-voip.toml; CRM_VOIP_ETL_DAY=1 CRM_VOIP_PBX_MAIN_AMI_SECRET=s timeout 20 crm-voip \(command)"
        )
        #expect(result.errors.split(separator: "\n").count { $0.contains("variable CRM_VOIP_ETL_DAY;") } == 1)
    }

    /// `script` runs a command on a separate terminal.
    @Test(
        .enabled(if: Programs.exist("/usr/bin/script"), "there is no script(1)"),
        arguments: [
            ("crm-voip config show etl", true), ("NO_COLOR=1 crm-voip config show etl", false),
            ("NO_COLOR= crm-voip config show etl", true), ("crm-voip config show etl --no-color", false),
            ("TERM=dumb crm-voip config show etl", false), ("crm-voip config show etl | cat", false),
        ]
    )
    func `Colours are for terminals that want them`(command: String, colours: Bool) async throws {
        let result = try await Program.shell(
            "script -qec \"$1\" /dev/null </dev/null",
            [command],
            environment: ["TERM": "xterm", "SHELL": "/bin/sh"]
        )
        #expect(result.output.contains("etl.days"))
        #expect(result.output.contains("\u{1B}[") == colours)
    }

    @Test func `A configuration is written once and never over another`() async throws {
        let result = try await Program.shell(
            """
            folder=$(mktemp -d) && export CRM_VOIP_CONFIG="$folder/a/b/crm-voip.toml"
            crm-voip config init && crm-voip config check && stat -c %A "$CRM_VOIP_CONFIG" | cut -c 8-10
            crm-voip config init; echo $?
            rm -r "$folder"
            """
        )
        #expect(result.output.hasSuffix("/a/b/crm-voip.toml: no errors\n---\n1\n"))
        #expect(result.errors.hasSuffix("crm-voip.toml: it exists already.\n"))
    }
}

enum Programs {
    static func exist(_ path: String) -> Bool {
        FileManager.default.isExecutableFile(atPath: path)
    }
}
