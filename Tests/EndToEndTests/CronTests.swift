import ArgumentParser
import FoundationEssentials
import Testing

@testable import crm_voip

/// The commands in the files for cron and systemd are parsed, so that they never contain an option that no longer
/// exists.
@Suite(.enabled(if: HelpTests.commands.contains(["crm-voip", "report"]), "there is no report command"))
struct CronTests {
    @Test(arguments: [
        "crm-voip.cron", "crm-voip-etl.service", "crm-voip-report.service", "crm-voip-events.service",
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
}
