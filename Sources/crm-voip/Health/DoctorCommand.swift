import AMI
import AMIClient
import ArgumentParser
import Base
import Configuration
import Services

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Show which commands the AMI user may run, the rights they need, and what is unsafe."
    )

    @OptionGroup var live: LiveOptions
    @OptionGroup var output: JSONOption

    func run() async throws {
        var report = try await live.withPBX { try await Doctor($0).examine() }
        if let warning = try live.common.settings().pbx(live.target.pbx).regionWarning {
            report.findings.append(.init(isSerious: false, text: warning))
        }
        try live.write(output.json, report.json, DoctorText.text(report, live.common.terminal.outputStyle))
        if report.findings.contains(where: \.isSerious) { throw ExitStatus.failed.exitCode }
    }
}

enum DoctorText {
    static func text(_ report: Doctor.Report, _ style: Style) -> String {
        var text = "Asterisk \(report.version ?? "(this user may not ask for its version)")\n\n"
        for command in report.commands {
            let mark = command.isPermitted ? style.green("yes") : style.red("no ")
            let reason = command.isPermitted ? "" : "  lacks \(command.missing.joined(separator: ", "))"
            text += "\(mark)  \(command.name)\(reason)\n"
        }
        text += "\nThe rights that all commands need, for manager.conf:\n"
        text +=
            "  read = \(report.leastRead.joined(separator: ","))\n  write = \(report.leastWrite.joined(separator: ","))\n"
        if !report.excessWrite.isEmpty { text += "This user also has \(report.excessWrite.joined(separator: ", ")).\n" }
        if !report.findings.isEmpty { text += "\n" }
        for finding in report.findings {
            text += "\(finding.isSerious ? style.yellow("unsafe:") : "note:") \(finding.text)\n"
        }
        return text
    }
}

extension Doctor.Report {
    var json: JSON {
        .object([
            ("version", version.map(JSON.string) ?? .null),
            (
                "commands",
                .array(
                    commands.map { command in
                        .object([
                            ("name", .string(command.name)), ("permitted", .boolean(command.isPermitted)),
                            ("missing", .array(command.missing.map(JSON.string))),
                            ("reads", .array(command.reads.map(JSON.string))),
                        ])
                    }
                )
            ),
            ("least_read", .array(leastRead.map(JSON.string))),
            ("least_write", .array(leastWrite.map(JSON.string))),
            ("excess_write", .array(excessWrite.map(JSON.string))),
            (
                "findings",
                .array(findings.map { .object([("serious", .boolean($0.isSerious)), ("text", .string($0.text))]) })
            ),
        ])
    }
}
