/// The result of a report.
public struct ReportResult: Sendable {
    /// The report.
    public let definition: ReportDefinition
    /// The time that it covers.
    public let window: ResolvedWindow
    /// The values of its parameters, by name, in the order of declaration; nil means NULL.
    public let parameters: [(name: String, kind: ReportParameter.Kind, value: String?)]
    /// Each row has as many cells as there are columns.
    public let rows: [[ReportCell]]
    /// The figures of all rows together, each computed from everything that the rows count; nil if they were not
    /// requested, the report has none, or there is only one row. Cells that identify a row are empty.
    public var total: [ReportCell]?
    /// Notes about the data, one sentence each.
    public let notes: [ReportNote]
}

extension ReportResult {
    /// The report's columns.
    public var columns: [ReportColumn] { definition.columns }

    /// The position of a column; nil if the report has no column with this name.
    func place(_ name: String) -> Int? { columns.firstIndex { $0.name == name } }

    /// A cell, by its column's name; empty if the report has no such column.
    public func cell(_ row: [ReportCell], _ name: String) -> ReportCell { place(name).map { row[$0] } ?? .empty }

    /// A whole number, by its column's name; 0 if there is none.
    func integer(_ row: [ReportCell], _ name: String) -> Int64 {
        if case .integer(let value) = cell(row, name) { value } else { 0 }
    }

    /// The sum of a column's numbers, ignoring empty cells.
    func sum(_ name: String) -> Int64 {
        rows.reduce(0) { $0 + integer($1, name) }
    }
}
