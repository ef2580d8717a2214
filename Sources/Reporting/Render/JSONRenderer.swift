import Base

/// JSON for programs: one object for each report, its rows as objects with real numbers and nulls.
public struct JSONRenderer: Sendable {
    /// The value of `schema_version`. Within a version, members may be added but not changed or removed.
    public static let schemaVersion = 1

    /// A renderer.
    public init() {}

    /// One report as an object, several as an array of such objects.
    ///
    /// - Parameter isArray: whether a single report is also written as an array, for example if the others failed.
    public func render(_ results: [ReportResult], isArray: Bool = false) -> [UInt8] {
        var json = JSONWriter()
        if results.count == 1, !isArray {
            append(results[0], to: &json)
        } else {
            json.array { json in
                for result in results {
                    json.lineBreak()
                    append(result, to: &json)
                }
            }
        }
        return Array((json.text + "\n").utf8)
    }

    private func append(_ result: ReportResult, to json: inout JSONWriter) {
        json.object { json in
            for (name, value) in result.head {
                json.key(name)
                json.raw(value.line)
            }
            json.key("columns")
            json.array { json in
                for column in result.columns {
                    json.lineBreak()
                    json.raw(column.json.line)
                }
            }
            json.key("rows")
            json.array { json in
                for row in result.rows {
                    json.lineBreak()
                    appendRow(row, result.columns, to: &json)
                }
            }
            if let total = result.total {
                json.key("totals")
                appendRow(total, result.columns, to: &json)
            }
        }
    }

    /// A row is written directly from the cells: there may be many.
    private func appendRow(_ row: [ReportCell], _ columns: [ReportColumn], to json: inout JSONWriter) {
        json.object { json in
            for (column, cell) in zip(columns, row) {
                json.key(column.name)
                switch cell {
                case .empty: json.null()
                case .text(let text): json.string(text)
                case .moment(let moment): json.string(moment.description)
                case .integer, .tenths: json.raw(cell.number ?? "null")
                }
            }
        }
    }
}
