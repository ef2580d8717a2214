public import Base
import CallRecords
public import Extract
public import Transform

/// The kind and contents of a CDR or queue_log file.
public struct FileReport: Sendable {
    /// What was read.
    public let inspection: FileInspection
    /// What the uniqueids say about the zone.
    public let witness: ZoneWitness
    /// Whether the zone was given rather than inferred.
    public let isConfigured: Bool
    /// The zone.
    public let finding: ZoneFinder.Finding

    /// The file's object in `inspect --json`.
    public var json: JSON {
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
            "encoding_guessed": inspection.texts.guessed.map { .string($0.rawValue) } ?? nil,
            "text_example": inspection.texts.example.map(JSON.string) ?? nil,
            "columns_not_read": .integer(inspection.furtherColumns),
            "ends_inside_record": .boolean(inspection.endsInsideRecord),
            "first": first.map(JSON.string) ?? nil,
            "last": last.map(JSON.string) ?? nil,
            "first_utc": span.map { .string(Self.utc($0.lowerBound)) } ?? nil,
            "last_utc": span.map { .string(Self.utc($0.upperBound)) } ?? nil,
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

    /// How the zone is known: from `uniqueids`, `configuration` or `machine`.
    public var toldBy: String {
        if case .confirmed = witness.verdict(on: finding.zone) { return "uniqueids" }
        return isConfigured ? "configuration" : "machine"
    }

    /// The columns' names, if the layout has them, and their contents in the first record.
    public var columns: [(name: String?, example: String)] {
        let names = inspection.layouts.first?.columns.map(\.name) ?? []
        return (0..<max(names.count, inspection.example.count)).map { index in
            (
                names.indices.contains(index) ? names[index] : nil,
                inspection.example.indices.contains(index) ? inspection.example[index] : ""
            )
        }
    }

    /// The events of a queue_log, the most frequent first.
    public var events: [(key: String, value: Int)] {
        inspection.events.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    }

    /// The first time, as written in the file.
    public var first: String? { written(\.lowerBound) }
    /// The last time, as written in the file.
    public var last: String? { written(\.upperBound) }

    private func written(_ end: (ClosedRange<Int64>) -> Int64) -> String? {
        if let walls = inspection.walls { return "\(CivilTime(secondsSince1970: end(walls)))" }
        return inspection.instants.map { Self.utc(end($0)) }
    }

    /// From the first instant to the last.
    public var span: ClosedRange<Int64>? {
        var ends: [Int64] = []
        if let walls = inspection.walls {
            ends += [walls.lowerBound, walls.upperBound].map { finding.zone.resolve(wall: $0).instant(notBefore: nil) }
        }
        if let instants = inspection.instants { ends += [instants.lowerBound, instants.upperBound] }
        guard let first = ends.min(), let last = ends.max() else { return nil }
        return first...last
    }

    /// A moment in ISO 8601, in UTC.
    public static func utc(_ instant: Int64) -> String { ZoneTable.utc.iso8601(instant) }
}
