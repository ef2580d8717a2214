internal import Base

/// JSON for programs: one object a report, its rows as objects with real numbers and nulls.
public struct JSONRenderer: Sendable {
    /// What `schema_version` says. Members may be added under the same version, not changed or removed.
    public static let schemaVersion = 1

    /// A renderer.
    public init() {}

    /// One report as an object, several as an array of such objects.
    public func render(_ results: [ReportResult]) -> [UInt8] {
        var json = JSONWriter()
        if results.count == 1 {
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
            json.member("schema_version", integer: Self.schemaVersion)
            json.member("report", string: result.definition.name)
            json.member("title", string: result.definition.title)
            json.key("window")
            json.object { json in
                json.member("from", string: result.window.from.description)
                json.member("to", string: result.window.to.description)
            }
            json.member("timezone", string: result.window.timeZone)
            json.key("parameters")
            appendParameters(result, to: &json)
            json.key("notes")
            json.array { json in for note in result.notes { json.string(note) } }
            json.key("columns")
            json.array { json in
                for column in result.columns {
                    json.lineBreak()
                    json.object { json in
                        json.member("name", string: column.name)
                        json.member("kind", string: column.kind.rawValue)
                        json.member("description", string: column.description)
                    }
                }
            }
            json.key("rows")
            json.array { json in
                for row in result.rows {
                    json.lineBreak()
                    appendRow(row, result.columns, to: &json)
                }
            }
        }
    }

    /// All but those that the other members say already.
    private func appendParameters(_ result: ReportResult, to json: inout JSONWriter) {
        let said: Set = ["window_from", "window_to", "timezone", "periods", "now"]
        json.object { json in
            for parameter in result.parameters where !said.contains(parameter.name) {
                json.key(parameter.name)
                switch (parameter.kind, parameter.value) {
                case (_, nil): json.null()
                case (.jsonb, let value?): json.raw(value)
                case (.integer, let value?) where Int64(value) != nil, (.bigint, let value?) where Int64(value) != nil:
                    json.raw(value)
                case (_, let value?): json.string(value)
                }
            }
        }
    }

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
