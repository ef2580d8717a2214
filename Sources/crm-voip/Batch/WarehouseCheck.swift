import ArgumentParser
import Base
import Warehouse

/// Whether the warehouse holds together.
struct WarehouseCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check that what is in the warehouse holds together.",
        discussion: """
            Each check is a query of sql/checks that must return no rows. If one does, its first rows are shown, and the \
            exit status is 1. Nothing is changed.
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var keeping: KeepOption

    func run() async throws {
        let settings = try common.settings()
        let checks = Checks()
        let findings = try await WarehouseAccess(settings, keep: keeping.keep).with { warehouse in
            try checks.run(warehouse.connection)
        }
        if output.json {
            try StandardOutput.write(json(checks.count, findings).text() + "\n")
        } else if !findings.isEmpty || common.terminal.isOutputTerminal, !common.quiet {
            try StandardOutput.write(text(checks.count, findings))
        }
        if !findings.isEmpty { throw ExitStatus.failed.exitCode }
    }

    private func json(_ count: Int, _ findings: [Checks.Finding]) -> JSON {
        [
            "schema_version": 1,
            "checks": .integer(count),
            "failed": .array(
                findings.map { finding in
                    [
                        "name": .string(finding.name), "title": .string(finding.title), "rows": .integer(finding.count),
                        "columns": .array(finding.columns.map(JSON.string)),
                        "first_rows": .array(
                            finding.rows.map { row in .array(row.map { cell in cell.map(JSON.string) ?? nil }) }
                        ),
                    ]
                }
            ),
        ]
    }

    private func text(_ count: Int, _ findings: [Checks.Finding]) -> String {
        var lines = findings.flatMap { finding in
            ["\(finding.name): \(finding.title)", "  broken by \(finding.count) rows:"]
                + finding.rows.map { row in
                    "  " + zip(finding.columns, row).map { "\($0) \($1 ?? "-")" }.joined(separator: ", ")
                }
        }
        lines.append("\(count - findings.count) of \(count) checks hold")
        return lines.joined(separator: "\n") + "\n"
    }
}
