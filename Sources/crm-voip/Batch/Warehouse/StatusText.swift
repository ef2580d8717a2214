import Warehouse

/// The state of a warehouse, in words.
struct StatusText {
    let status: Status
    let style: Style

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
