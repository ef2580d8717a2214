import Base
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
        append([["PBX", "first call", "last call", "last queue event"]] + status.pbxs.map(row), to: &lines)
        append([["contacts", "count", "as of"]] + status.contacts.map(row), rightAligned: [1], to: &lines)
        append(
            [["table", "rows", "size"]] + status.tables.filter { !$0.name.hasPrefix("schema_") }.map(row),
            rightAligned: [1, 2],
            to: &lines
        )
        append(
            [["run", "PBX", "source", "started", "took", "legs", "queue events", "outcome"]] + status.lastRuns.map(row),
            rightAligned: [0, 4],
            to: &lines
        )
        for run in status.lastRuns {
            lines += run.warnings.map { "run \(run.id): \(PrintableText.of($0))" }
            if let error = run.error { lines.append("run \(run.id) failed: \(PrintableText.of(error))") }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var schema: String {
        let applied = "\(status.appliedMigrations.count) migrations applied"
        if status.pending.isEmpty { return "up to date, \(applied)" }
        return "\(applied), pending: \((status.pending.migrations + status.pending.views).joined(separator: ", "))"
    }

    private func row(_ pbx: Status.PBX) -> [String] {
        [pbx.name, time(pbx.firstCallAt), time(pbx.lastCallAt), time(pbx.lastEventAt)]
    }

    private func row(_ contacts: Status.Contacts) -> [String] {
        [contacts.source, String(contacts.count), contacts.syncedAt == nil ? "unknown" : time(contacts.syncedAt)]
    }

    private func row(_ table: Status.Table) -> [String] {
        [table.name, (table.isEstimate ? "~" : "") + String(table.rows), ProgressLine.size(Double(table.bytes))]
    }

    private func row(_ run: Status.Run) -> [String] {
        [
            String(run.id), run.pbx, run.source, time(run.startedAt), run.seconds.map(seconds) ?? "–",
            run.legs.map(counts) ?? "–", run.events.map(counts) ?? "–", outcome(run),
        ]
    }

    /// `2026-11-28 07:27:34 UTC`.
    private func time(_ text: String?) -> String {
        guard let text else { return "–" }
        return text.replacing("T", with: " ").replacing("Z", with: " UTC")
    }

    private func seconds(_ value: Double) -> String {
        let tenths = Int(exactly: (value * 10).rounded()) ?? 0
        return "\(tenths / 10).\(tenths % 10) s"
    }

    /// What changed, and what was rejected.
    private func counts(_ counts: Status.Counts) -> String {
        var parts: [String] = []
        if counts.inserted > 0 { parts.append("\(counts.inserted) new") }
        if counts.updated > 0 { parts.append("\(counts.updated) changed") }
        if counts.rejected > 0 { parts.append("\(counts.rejected) rejected") }
        return parts.isEmpty ? "nothing new" : parts.joined(separator: ", ")
    }

    private func outcome(_ run: Status.Run) -> String {
        switch run.outcome {
        case 0?: "done"
        case 2?:
            [run.legs, run.events].contains { ($0?.rejected ?? 0) > 0 } ? "done, with rejects" : "done, with warnings"
        case .some: "failed"
        case nil: run.finishedAt == nil ? "running, or killed" : "ended"
        }
    }

    private func append(_ rows: [[String]], rightAligned: Set<Int> = [], to lines: inout [String]) {
        guard rows.count > 1 else { return }
        lines.append("")
        lines += columns(rows, rightAligned: rightAligned)
    }

    /// Cells in aligned columns, with the first line as the heading.
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
