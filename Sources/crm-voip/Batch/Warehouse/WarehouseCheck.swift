import ArgumentParser
import Services
import Warehouse

/// Checks the integrity of the warehouse.
struct WarehouseCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check that the data in the warehouse is consistent.",
        discussion: """
            Each check is a query of sql/checks that must return no rows. If one does, its first rows are shown, and the \
            exit status is 1. Nothing is changed.
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var keeping: KeepOption

    func run() async throws {
        let service = WarehouseService(try common.settings(), keepsServer: keeping.keep)
        let result = try await service.check()
        let isClean = result.findings.isEmpty
        try common.write(result, json: output.json, onlyOnTerminal: isClean) { text(result.count, result.findings) }
        if !isClean { throw ExitStatus.failed.exitCode }
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
