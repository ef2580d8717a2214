import Base
import CallRecords
import Extract
import Services
import Transform

/// A description of a file in words.
struct InspectText {
    let report: FileReport

    init(_ report: FileReport) { self.report = report }

    var text: String {
        var lines = ["\(report.inspection.path): \(title)"]
        if let failure = report.inspection.failure {
            lines += report.columns.enumerated().map { "  column \($0.offset + 1): \($0.element.example)" }
            lines += report.inspection.choices.map { choice in
                "  --layout \(choice.name): " + choice.columns.map(\.name).joined(separator: ",")
            }
            lines.append("  \(failure.message)")
            return lines.joined(separator: "\n") + "\n"
        }
        if report.inspection.kind == .empty { return lines[0] + "\n" }
        lines.append("  records   \(records)")
        if let first = report.first, let last = report.last { lines.append("  times     \(first) to \(last)") }
        if let span = report.span, report.inspection.walls != nil {
            lines.append("  in UTC    \(FileReport.utc(span.lowerBound)) to \(FileReport.utc(span.upperBound))")
            lines.append("  zone      \(zone)")
        }
        if report.inspection.mended > 0 {
            lines.append("  texts     \(texts)")
        }
        lines += report.columns.enumerated().map { index, column in
            "  \(index == 0 ? "columns " : "        ")  \(column.name ?? "?")"
                + (column.example.isEmpty ? "" : ": \(Self.shortened(column.example))")
        }
        lines += report.events.enumerated().map { index, event in
            "  \(index == 0 ? "events  " : "        ")  \(event.key): \(event.value)"
        }
        lines += report.inspection.rejects.map { "  line \($0.line): \($0.defect.reason)" }
        if report.inspection.rejected > Int64(report.inspection.rejects.count) {
            lines.append(
                "  and \(report.inspection.rejected - Int64(report.inspection.rejects.count)) more that cannot be read"
            )
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var title: String {
        switch report.inspection.kind {
        case .empty: return "empty"
        case .queueLog: return "a queue_log"
        case .unknown: return "neither a CDR file nor a queue_log"
        case .cdr:
            let names = report.inspection.layouts.map { "\($0.name) (\($0.columns.count) columns)" }
            return names.isEmpty ? "CDRs" : "CDRs in the layout \(names.joined(separator: ", then "))"
        }
    }

    private var records: String {
        var parts = ["\(report.inspection.records)"]
        if report.inspection.rejected > 0 { parts.append("\(report.inspection.rejected) of them cannot be read") }
        if report.inspection.endsInsideRecord { parts.append("the file ends inside another one") }
        return parts.joined(separator: ", ")
    }

    /// The changes made to texts, with an example.
    private var texts: String {
        let texts = report.inspection.texts
        var parts: [String] = []
        if let guessed = texts.guessed {
            parts.append("\(texts.decoded) are not UTF-8 and look like \(guessed.rawValue) (set `encoding`)")
        } else if texts.decoded > 0 {
            parts.append("\(texts.decoded) are not UTF-8 and were read as configured")
        }
        if let example = texts.example { parts.append("such as \(Self.shortened(example))") }
        if texts.damaged > 0 { parts.append("\(texts.damaged) have a NUL or end inside a character") }
        return parts.joined(separator: ", ")
    }

    private var zone: String {
        let witnesses = "\(report.witness.records) uniqueids"
        switch report.toldBy {
        case "uniqueids":
            return "\(report.finding.zone.name), found from \(witnesses)" + (report.isConfigured ? note : "")
        case "configuration": return "\(report.finding.zone.name), as configured; \(witnesses) do not show it"
        default:
            return "not known; read as \(report.finding.zone.name), this machine's, as \(witnesses) do not show it"
        }
    }

    private var note: String { report.finding.warning.map { ". \($0)" } ?? ", as configured" }

    /// One line of text, made safe for a terminal.
    private static func shortened(_ text: String) -> String {
        let plain = PrintableText.of(text)
        return plain.count > 60 ? plain.prefix(59) + "…" : plain
    }
}
