import ArgumentParser
import FoundationEssentials
import Testing

@testable import crm_voip

@Suite struct HelpTests {
    static let commands = [["crm-voip"]] + ManualPage.commands.map(\.names)

    /// The help of every command matches `Snapshots`. `make snapshots` rewrites them, so that the difference can be
    /// read before it is committed.
    @Test(arguments: commands)
    func `The help of every command matches its snapshot`(names: [String]) throws {
        let type = ManualPage.commands.first { $0.names == names }?.type ?? CRMVoIP.self
        let help = HelpExamples.appended(to: CRMVoIP.helpMessage(for: type, columns: 100))
        let file = "\(Program.root)/Tests/EndToEndTests/Snapshots/\(names.joined(separator: "-")).txt"
        if Environment.isRecording {
            try help.write(toFile: file, atomically: true, encoding: .utf8)
            Issue.record("recorded \(file)")
            return
        }
        let snapshot = try? String(contentsOfFile: file, encoding: .utf8)
        #expect(help == snapshot, "make snapshots writes it")
    }

    @Test(arguments: ManualPage.commands.map(\.names))
    func `Every command says what it does, and takes the common options`(names: [String]) throws {
        let type = try #require(ManualPage.commands.first { $0.names == names }?.type)
        #expect(type.configuration.abstract.hasSuffix("."))
        let help = CRMVoIP.helpMessage(for: type, columns: 100)
        for option in ["--config", "--verbose", "--quiet", "--no-color"] { #expect(help.contains(option)) }
    }

    @Test(arguments: commands)
    func `Every help has examples, which the command accepts`(names: [String]) throws {
        let examples = try #require(HelpExamples.all[names.joined(separator: " ")], "add it to HelpExamples.swift")
        for example in examples {
            var words: [String] = []
            // The shell takes the quotes away.
            for word in example.split(separator: " ") { words.append(String(word).replacing("'", with: "")) }
            _ = try CRMVoIP.parseAsRoot(words)
        }
    }

    /// Every visible command below a type that does something, by the names that call it.
    private static func walk(_ type: any ParsableCommand.Type, _ path: [String]) -> [[String]] {
        guard type.configuration.shouldDisplay else { return [] }
        guard !type.configuration.subcommands.isEmpty else { return [path] }
        return type.configuration.subcommands.flatMap { walk($0, path + [$0._commandName]) }
    }

    @Test func `The manual page has every command and every exit status`() {
        let page = ManualPage.text
        let walked = Self.walk(CRMVoIP.self, ["crm-voip"])
        #expect(walked.count > 20)
        for names in walked {
            #expect(page.contains(".Ss \(names.joined(separator: " ").replacing("-", with: "\\-"))\n"))
        }
        for status in crm_voip.ExitStatus.allCases { #expect(page.contains(".It \(status.rawValue)\n")) }
        #expect(!page.contains("\n\\&.It"))
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `There are completions`(shell: String) async throws {
        try #require(Program.isBuilt)
        let result = try await Program.run("--generate-completion-script", shell)
        #expect(result.status == 0)
        #expect(result.output.contains("no-color"))
    }

    @Test func `Reports and configured PBXs complete to their names`() async throws {
        try #require(Program.isBuilt)
        let reports = try await Program.run("---completion", "report", "--", "positional@0", "2", "0")
        #expect(reports.output.split(separator: "\n").contains("lost-calls"), "\(reports)")
        let pbxs = try await Program.run(
            "---completion",
            "etl",
            "--",
            "--pbx",
            "3",
            "0",
            environment: ["CRM_VOIP_PBX_KAZAN_REGION": "RU"]
        )
        #expect(pbxs.output.split(separator: "\n").map(String.init) == ["kazan"], "\(pbxs)")
    }
}

private enum Environment {
    static var isRecording: Bool { ProcessEnvironment.current["RECORD_SNAPSHOTS"] == "1" }
}
