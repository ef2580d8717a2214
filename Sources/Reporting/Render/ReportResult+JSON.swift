public import Base

extension ReportResult {
    /// The object that ``JSONRenderer`` writes, for front ends that encode values.
    public var json: JSON {
        func object(_ row: [ReportCell]) -> JSON { .object(zip(columns, row).map { ($0.name, $1.json) }) }
        return .object(
            head + [("columns", .array(columns.map(\.json))), ("rows", .array(rows.map(object)))]
                + (total.map { [("totals", object($0))] } ?? [])
        )
    }

    /// The members before the columns.
    var head: [(String, JSON)] {
        [
            ("schema_version", .integer(JSONRenderer.schemaVersion)),
            ("report", .string(definition.name)),
            ("title", .string(definition.writtenTitle)),
            ("window", ["from": .string(window.from.description), "to": .string(window.to.description)]),
            ("timezone", .string(window.timeZone)),
            ("filters", .object(filters.map { ($0.name, .string($0.value)) })),
            ("parameters", .object(parameterMembers)),
            ("notes", .array(notes.map { .string($0.english) })),
        ]
    }

    /// All parameters except those that other members already show.
    private var parameterMembers: [(String, JSON)] {
        let said: Set = ["window_from", "window_to", "timezone", "periods", "now", "totals"]
        return parameters.filter { !said.contains($0.name) }.map { parameter in
            guard let text = parameter.value else { return (parameter.name, nil) }
            switch parameter.kind {
            case .jsonb: return (parameter.name, JSON(parsing: text) ?? .string(text))
            case .integer, .bigint: return (parameter.name, Int(text).map(JSON.integer) ?? .string(text))
            default: return (parameter.name, .string(text))
            }
        }
    }
}

extension ReportColumn {
    var json: JSON {
        ["name": .string(name), "kind": .string(kind.rawValue), "description": .string(description)]
    }
}

extension ReportCell {
    /// The cell as JSON prints it; null for an empty one.
    public var json: JSON {
        switch self {
        case .empty: .null
        case .text(let text): .string(text)
        case .moment(let moment): .string(moment.description)
        case .integer(let value): .integer(Int(value))
        case .tenths(let tenths): .number(Double(tenths) / 10)
        }
    }
}
