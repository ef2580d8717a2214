import Base

extension ReportResult {
    /// The result with only these columns, in this order; names that it does not have are ignored.
    ///
    /// - Parameter names: Names of columns.
    public func with(columns names: [String]) -> ReportResult {
        let places = names.compactMap(place)
        var definition = definition
        definition.columns = places.map { columns[$0] }
        definition.hasChosenColumns = true
        return ReportResult(
            definition: definition,
            window: window,
            parameters: parameters,
            rows: rows.map { row in places.map { row[$0] } },
            total: total.map { row in places.map { row[$0] } },
            notes: notes
        )
    }

    /// Checks names of columns.
    ///
    /// - Throws: ``ReportError`` with code `parameter` for a name that none of the reports has, and for a report that has
    ///   none of them.
    public static func check(columns names: [String], in definitions: [ReportDefinition]) throws(ReportError) {
        let known = definitions.flatMap { $0.columns.map(\.name) }
        for name in names where !known.contains(name) {
            let meant = Suggestion.nearest(to: name, among: known).map { "; did you mean \($0)?" } ?? "."
            throw ReportError(.parameter, "Unknown column \(name)\(meant) Available: \(known.joined(separator: ", ")).")
        }
        for definition in definitions where !definition.columns.contains(where: { names.contains($0.name) }) {
            throw ReportError(
                .parameter,
                "Report \(definition.name) has none of the columns \(names.joined(separator: ", "))."
            )
        }
    }
}
