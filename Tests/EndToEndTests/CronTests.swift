import ArgumentParser
import FoundationEssentials
import Testing

@testable import crm_voip

/// The commands in the files for cron and systemd are parsed, so that they never contain an option that no longer
/// exists.
@Suite(.enabled(if: HelpTests.commands.contains(["crm-voip", "report"]), "there is no report command"))
struct CronTests {
    @Test(arguments: [
        "crm-voip.cron", "crm-voip-etl.service", "crm-voip-report.service", "crm-voip-deliver@.service",
        "crm-voip-events.service",
        "crm-voip-serve.service", "crm-voip-warehouse.service",
    ])
    func `The command lines are right`(file: String) throws {
        let text = try String(contentsOfFile: "\(Program.root)/cron/\(file)", encoding: .utf8)
        let marker = "/usr/bin/crm-voip "
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") && $0.contains(marker) }
        #expect(!lines.isEmpty)
        for line in lines {
            let parts = line.components(separatedBy: marker)
            let command = try #require(parts.last)
            var words = command.split(separator: " ").map(String.init)
            if let date = words.firstIndex(where: { $0.contains("$(date") || $0.contains("$$(date") }) {
                words[date...] = ["report.html"]
            }
            let (arguments, at) = (words, line)
            #expect(throws: Never.self, "\(at)") { try CRMVoIP.parseAsRoot(arguments) }
        }
    }

    /// dpkg keeps the file when the package is removed, because it belongs to the configuration.
    @Test(.enabled(if: Program.isBuilt, "a shell runs the lines"))
    func `The lines of cron do nothing without the program, without a configuration, and beside systemd`() async throws
    {
        let text = try String(contentsOfFile: "\(Program.root)/cron/crm-voip.cron", encoding: .utf8)
        let commands = text.split(separator: "\n").filter { !$0.hasPrefix("#") && $0.contains(" crm-voip test ") }
            .compactMap { $0.split(separator: " ", maxSplits: 6).last.map(String.init) }
        #expect(commands.count == 2)
        for command in commands {
            let here = command.replacing("/usr/bin/crm-voip", with: "./program")
                .replacing("/etc/crm-voip/crm-voip.toml", with: "./configuration")
                .replacing("/run/systemd/system", with: "./systemd").replacing("\\%", with: "%")
            let script = """
                cd "$(mktemp -d)" || exit
                run() { \(here)
                }
                touch configuration; run; echo "without the program: $?"
                printf '#!/bin/sh\\necho ran\\n' >program; chmod +x program; run
                mkdir systemd; run; rmdir systemd; rm configuration; run; echo "in the end: $?"
                rm -r "$PWD"
                """
            let result = try await Program.shell(script)
            #expect(
                result.output == "without the program: 0\nran\nin the end: 0\n" && result.errors == "",
                "\(command)"
            )
        }
    }
}
