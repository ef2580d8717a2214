/// What a report says.
public struct ReportResult: Sendable {
    /// The report.
    public let definition: ReportDefinition
    /// The time that it covers.
    public let window: ResolvedWindow
    /// The values of its parameters, by name, in the order of their declaration; nil is NULL.
    public let parameters: [(name: String, kind: ReportParameter.Kind, value: String?)]
    /// As many cells a row as there are columns.
    public let rows: [[ReportCell]]
    /// What a reader should know about the data, a sentence each.
    public let notes: [String]
}

extension ReportResult {
    /// The report's columns.
    public var columns: [ReportColumn] { definition.columns }

    /// A column's place; nil where the report has none of that name.
    func place(_ name: String) -> Int? { columns.firstIndex { $0.name == name } }

    /// A cell by its column's name; empty where the report has no such column.
    func cell(_ row: [ReportCell], _ name: String) -> ReportCell { place(name).map { row[$0] } ?? .empty }

    /// A whole number by its column's name; 0 where there is none.
    func integer(_ row: [ReportCell], _ name: String) -> Int64 {
        if case .integer(let value) = cell(row, name) { value } else { 0 }
    }

    /// A column's numbers added up, empty cells left out.
    func sum(_ name: String) -> Int64 {
        rows.reduce(0) { $0 + integer($1, name) }
    }
}
