import ArgumentParser
import Base
import Warehouse

/// What is in the warehouse.
struct WarehouseStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what is in the warehouse: schema, tables, the last runs.",
        discussion: "Big tables are estimated (~), not counted. Nothing is changed."
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var keeping: KeepOption

    func run() async throws {
        let settings = try common.settings()
        let status = try await WarehouseAccess(settings, keep: keeping.keep).open { warehouse in
            try warehouse.status(migrator: Migrator(), runs: 5)
        }
        let report = StatusReport(status: status, style: common.terminal.outputStyle)
        try StandardOutput.write(output.json ? report.json.text() + "\n" : report.text)
    }
}

/// The state of a warehouse, for people and for programs.
struct StatusReport {
    let status: Status
    let style: Style

    var json: JSON {
        [
            "schema_version": 1,
            "kind": .string(status.kind),
            "server_version": .string(status.serverVersion),
            "data_folder": status.dataFolder.map(JSON.string) ?? nil,
            "database": .string(status.database),
            "bytes": .integer(Int(status.bytes)),
            "migrations": .array(status.appliedMigrations.map(JSON.string)),
            "pending": .array((status.pending.migrations + status.pending.views).map(JSON.string)),
            "tables": .array(
                status.tables.map { table in
                    [
                        "name": .string(table.name), "rows": .integer(Int(table.rows)),
                        "is_estimate": .boolean(table.isEstimate), "bytes": .integer(Int(table.bytes)),
                    ]
                }
            ),
            "last_runs": .array(
                status.lastRuns.map { run in
                    [
                        "run_id": .integer(Int(run.id)), "pbx": .string(run.pbx), "source": .string(run.source),
                        "started_at": .string(run.startedAt), "finished_at": run.finishedAt.map(JSON.string) ?? nil,
                        "exit_status": run.exitStatus.map(JSON.integer) ?? nil,
                    ]
                }
            ),
        ]
    }

    var text: String {
        var lines: [String] = []
        let place = status.dataFolder.map { "embedded in \($0)" } ?? "database \(status.database)"
        lines.append("PostgreSQL \(status.serverVersion), \(place), \(ProgressLine.size(Double(status.bytes)))")
        lines.append("schema: \(schema)")
        if !status.tables.isEmpty {
            lines.append("")
            lines += columns(
                [["table", "rows", "size"]]
                    + status.tables.map { table in
                        [
                            table.name, (table.isEstimate ? "~" : "") + String(table.rows),
                            ProgressLine.size(Double(table.bytes)),
                        ]
                    },
                rightAligned: [1, 2]
            )
        }
        if !status.lastRuns.isEmpty {
            lines.append("")
            lines += columns(
                [["run", "pbx", "source", "started", "status"]]
                    + status.lastRuns.map { run in
                        [String(run.id), run.pbx, run.source, run.startedAt, outcome(run)]
                    },
                rightAligned: [0]
            )
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var schema: String {
        let applied = "\(status.appliedMigrations.count) migrations applied"
        if status.pending.isEmpty { return "up to date, \(applied)" }
        return "\(applied), pending: \((status.pending.migrations + status.pending.views).joined(separator: ", "))"
    }

    private func outcome(_ run: Status.Run) -> String {
        switch run.exitStatus {
        case 0?: "done"
        case 2?: "done, with rejects"
        case .some: "failed"
        case nil: run.finishedAt == nil ? "running, or killed" : "ended"
        }
    }

    /// Cells under each other, the first line as a heading.
    private func columns(_ rows: [[String]], rightAligned: Set<Int>) -> [String] {
        let count = rows.first?.count ?? 0
        let widths = (0..<count).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.enumerated().map { index, row in
            let cells = row.enumerated().map { column, cell in
                let blanks = String(repeating: " ", count: widths[column] - cell.count)
                return rightAligned.contains(column) ? blanks + cell : cell + blanks
            }
            var line = cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return index == 0 ? style.bold(line) : line
        }
    }
}
