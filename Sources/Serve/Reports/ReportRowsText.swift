import Base
import Reporting
import Services

/// Words for the rows behind a figure, the same for every format.
enum ReportRowsText {
    /// The figure, computed from the rows; nil if there is none.
    static func value(_ found: ReportRows) -> String? {
        found.value.number.map { $0.replacing(".", with: Language.current.decimalSeparator) }
    }

    /// `visits`, or `rows` if they are of several kinds.
    static func kinds(_ found: ReportRows) -> String {
        let kinds = Set(found.rows.map(\.kind))
        return ValueWords.rows(kinds.count == 1 ? kinds.first ?? "" : "", found.rows.count)
    }

    /// What the figure refers to, such as `support, 2026-11-22 …`.
    static func place(_ slice: ReportSlice, _ title: String, _ fields: FormFields) -> String {
        let row = ["row_queue", "row_agent", "row_direction", "row_number", "row_pbx"].compactMap { slice.row[$0] }
        let from = slice.row["row_from"] ?? fields["from"]
        let to = slice.row["row_to"] ?? fields["to"]
        let times = [from, to].compactMap { $0 }
        let time = times.count == 2 ? localized("\(times[0]) to \(times[1])") : times.first ?? ""
        return ([localized("report \(title)")] + row + [time]).filter { !$0.isEmpty }.joined(separator: ", ")
    }

    /// The number, as a role may see it.
    static func number(_ row: ReportRow, _ role: Role) -> String {
        CallerText.shown(row.e164 ?? row.number ?? "", for: role)
    }

    static func words(_ outcome: String?) -> String { outcome.map(ValueWords.outcome) ?? "" }
}

/// The rows behind a figure as CSV (RFC 4180).
struct ReportRowsCSV {
    let text: String

    init(_ found: ReportRows, role: Role) {
        var lines = ["kind,began_at,pbx,linkedid,queue,agent,number,outcome,wait_s,ring_s,talk_s,work_s,is_part"]
        for row in found.rows {
            let ring = row.ringMilliseconds.map { "\($0 / 1000).\(abs($0 % 1000) / 100)" } ?? ""
            let fields = [
                row.kind, row.at.description, row.pbx, row.linkedid ?? "", row.queue ?? "", row.agent ?? "",
                ReportRowsText.number(row, role), row.outcome ?? "", row.wait.map { "\($0)" } ?? "", ring,
                row.talk.map { "\($0)" } ?? "", "\(row.work)", row.isPart ? "yes" : "",
            ]
            lines.append(fields.map(Self.field).joined(separator: ","))
        }
        text = lines.joined(separator: "\r\n") + "\r\n"
    }

    /// A text that a spreadsheet would execute as a formula is defused; a number with its plus is not a formula.
    private static func field(_ text: String) -> String {
        let isNumber = text.dropFirst().utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false
        let safe = isFormula && !(text.first == "+" && isNumber) ? "'" + text : text
        guard safe.contains(where: { "\",\r\n".contains($0) }) else { return safe }
        return "\"" + safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}

/// The rows behind a figure as JSON.
struct ReportRowsJSON {
    let json: JSON

    init(_ slice: ReportSlice, _ found: ReportRows, role: Role) {
        func text(_ value: String?) -> JSON { value.map(JSON.string) ?? nil }
        func number(_ value: Int64?) -> JSON { value.map { .integer(Int($0)) } ?? nil }
        let value: JSON = found.value.number == nil ? nil : found.value.json
        let rows = found.rows.map { row -> JSON in
            [
                "kind": .string(row.kind), "began_at": .string(row.at.description), "pbx": .string(row.pbx),
                "linkedid": text(row.linkedid), "queue": text(row.queue), "agent": text(row.agent),
                "number": .string(ReportRowsText.number(row, role)), "outcome": text(row.outcome),
                "wait_s": number(row.wait), "ring_ms": number(row.ringMilliseconds), "talk_s": number(row.talk),
                "work_s": number(row.work), "is_part": .boolean(row.isPart),
            ]
        }
        json = [
            "schema_version": 1, "timezone": .string(found.timeZone), "report": .string(slice.report),
            "figure": .string(slice.figure), "value": value, "rows": .array(rows), "has_more": .boolean(found.isCut),
        ]
    }
}
