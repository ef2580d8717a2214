public import Reporting

/// Reports as bytes, in one of the forms.
public struct ReportRendering: Sendable {
    /// Bytes, and the name that they have in a folder.
    public struct File: Sendable {
        /// Such as `queues.csv`.
        public let name: String
        /// The content.
        public let bytes: [UInt8]
    }

    /// The form.
    public let format: ReportFormat
    /// How tables look.
    public var table = TableRenderer()
    /// How CSV is written.
    public var csv = CSVRenderer()

    /// A rendering in a form.
    public init(_ format: ReportFormat) { self.format = format }

    /// The files that the reports become.
    ///
    /// - Parameters:
    ///   - reports: run with charts where the format has them.
    ///   - separately: whether tables, CSV and JSON are a file a report.
    /// - Throws: `ReportError` with code `rendering`.
    public func files(_ reports: ReportSet, separately: Bool) throws -> [File] {
        if case .book(let book) = reports {
            let bytes = try format == .html ? HTMLRenderer().render(book) : XLSXRenderer().render(book)
            return [File(name: "report-\(book.window.name).\(format.ending)", bytes: bytes)]
        }
        let results = reports.results
        guard separately else { return [File(name: "", bytes: bytes(results))] }
        return results.map { File(name: "\($0.definition.name).\(format.ending)", bytes: bytes([$0])) }
    }

    private func bytes(_ results: [ReportResult]) -> [UInt8] {
        switch format {
        case .json: JSONRenderer().render(results)
        case .csv: results.flatMap { csv.render($0) }
        default: table.render(results)
        }
    }
}
