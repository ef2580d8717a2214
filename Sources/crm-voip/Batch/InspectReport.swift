import CallRecords
import Extract
import Base
import Transform

/// What a file is, for people and for programs.
struct InspectReport {
    let inspection: FileInspection
    let witness: ZoneWitness
    /// Whether the zone was given, and not looked for.
    let isConfigured: Bool
    let finding: ZoneFinder.Finding

    // MARK: - For programs

    var json: JSON {
        [
            "file": .string(inspection.path),
            "kind": .string(inspection.kind.rawValue),
            "layout": inspection.layouts.first.map { .string($0.name) } ?? nil,
            "layouts": .array(inspection.layouts.map { .string($0.name) }),
            "choices": .array(inspection.choices.map { .string($0.name) }),
            "columns": .array(
                columns.map { ["name": $0.name.map(JSON.string) ?? nil, "example": .string($0.example)] }
            ),
            "records": .integer(Int(inspection.records)),
            "rejected": .integer(Int(inspection.rejected)),
            "mended": .integer(inspection.mended),
            "ends_inside_record": .boolean(inspection.endsInsideRecord),
            "first": first.map(JSON.string) ?? nil,
            "last": last.map(JSON.string) ?? nil,
            "first_utc": span.map { .string(utc($0.lowerBound)) } ?? nil,
            "last_utc": span.map { .string(utc($0.upperBound)) } ?? nil,
            "timezone": zoneJSON,
            "events": .object(events.map { ($0.key, .integer($0.value)) }),
            "rejects": .array(
                inspection.rejects.map { reject in
                    [
                        "line": .integer(Int(reject.line)), "code": .string(reject.defect.code.rawValue),
                        "reason": .string(reject.defect.reason),
                    ]
                }
            ),
            "error": inspection.failure.map { .string($0.message) } ?? nil,
        ]
    }

    private var zoneJSON: JSON {
        guard inspection.walls != nil else { return nil }
        return [
            "name": .string(finding.zone.name), "told_by": .string(toldBy), "uniqueids": .integer(witness.records),
            "note": finding.warning.map(JSON.string) ?? nil,
        ]
    }

    /// Who says that the zone is this one.
    private var toldBy: String {
        if case .confirmed = witness.verdict(on: finding.zone) { return "uniqueids" }
        return isConfigured ? "configuration" : "machine"
    }

    // MARK: - For people

    var text: String {
        var lines = ["\(inspection.path): \(title)"]
        if let failure = inspection.failure {
            lines += columns.enumerated().map { "  column \($0.offset + 1): \($0.element.example)" }
            lines += inspection.choices.map { choice in
                "  --layout \(choice.name): \(choice.columns.map(\.name).joined(separator: ","))"
            }
            lines.append("  \(failure.message)")
            return lines.joined(separator: "\n") + "\n"
        }
        if inspection.kind == .empty { return lines[0] + "\n" }
        lines.append("  records   \(records)")
        if let first, let last { lines.append("  times     \(first) to \(last)") }
        if let span, inspection.walls != nil {
            lines.append("  in UTC    \(utc(span.lowerBound)) to \(utc(span.upperBound))")
            lines.append("  zone      \(zone)")
        }
        if inspection.mended > 0 { lines.append("  texts     \(inspection.mended) were not UTF-8 and were mended") }
        lines += columns.enumerated().map { index, column in
            "  \(index == 0 ? "columns " : "        ")  \(column.name ?? "?")"
                + (column.example.isEmpty ? "" : ": \(Self.shortened(column.example))")
        }
        lines += events.enumerated().map { index, event in
            "  \(index == 0 ? "events  " : "        ")  \(event.key): \(event.value)"
        }
        lines += inspection.rejects.map { "  line \($0.line): \($0.defect.reason)" }
        if inspection.rejected > Int64(inspection.rejects.count) {
            lines.append("  and \(inspection.rejected - Int64(inspection.rejects.count)) more that cannot be read")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var title: String {
        switch inspection.kind {
        case .empty: return "empty"
        case .queueLog: return "a queue_log"
        case .cdr:
            let names = inspection.layouts.map { "\($0.name) (\($0.columns.count) columns)" }
            return names.isEmpty ? "CDRs" : "CDRs in the layout \(names.joined(separator: ", then "))"
        }
    }

    private var records: String {
        var parts = ["\(inspection.records)"]
        if inspection.rejected > 0 { parts.append("\(inspection.rejected) of them cannot be read") }
        if inspection.endsInsideRecord { parts.append("the file ends inside another one") }
        return parts.joined(separator: ", ")
    }

    private var zone: String {
        let witnesses = "\(witness.records) uniqueids"
        switch toldBy {
        case "uniqueids": return "\(finding.zone.name), told by \(witnesses)" + (isConfigured ? note : "")
        case "configuration": return "\(finding.zone.name), as configured; \(witnesses) do not tell"
        default: return "not known; read as \(finding.zone.name), this machine's own, for \(witnesses) do not tell"
        }
    }

    private var note: String { finding.warning.map { ". \($0)" } ?? ", as configured" }

    // MARK: - Both

    private var columns: [(name: String?, example: String)] {
        let names = inspection.layouts.first?.columns.map(\.name) ?? []
        return (0..<max(names.count, inspection.example.count)).map { index in
            (
                names.indices.contains(index) ? names[index] : nil,
                inspection.example.indices.contains(index) ? inspection.example[index] : ""
            )
        }
    }

    /// The most frequent first.
    private var events: [(key: String, value: Int)] {
        inspection.events.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    }

    /// The first time as it stands in the file.
    private var first: String? { written(\.lowerBound) }
    private var last: String? { written(\.upperBound) }

    private func written(_ end: (ClosedRange<Int64>) -> Int64) -> String? {
        if let walls = inspection.walls { return "\(CivilTime(secondsSince1970: end(walls)))" }
        return inspection.instants.map { utc(end($0)) }
    }

    /// From the first instant to the last.
    private var span: ClosedRange<Int64>? {
        var ends: [Int64] = []
        if let walls = inspection.walls {
            ends += [walls.lowerBound, walls.upperBound].map { finding.zone.resolve(wall: $0).instant(notBefore: nil) }
        }
        if let instants = inspection.instants { ends += [instants.lowerBound, instants.upperBound] }
        guard let first = ends.min(), let last = ends.max() else { return nil }
        return first...last
    }

    private func utc(_ instant: Int64) -> String { ZoneTable.utc.iso8601(instant) }

    /// A line's worth, with nothing in it that a terminal would obey.
    private static func shortened(_ text: String) -> String {
        let plain = String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || 0x7F...0x9F ~= $0.value ? "·" : $0 })
        )
        return plain.count > 60 ? plain.prefix(59) + "…" : plain
    }
}
