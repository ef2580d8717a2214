public import Reporting

/// Reports rendered as bytes in one of the formats.
public struct ReportRendering: Sendable {
    /// Bytes, and their file name in a folder.
    public struct File: Sendable {
        /// The name, such as `queues.csv`.
        public let name: String
        /// The content.
        public let bytes: [UInt8]
    }

    /// The format.
    public let format: ReportFormat
    /// How tables look.
    public var table = TableRenderer()
    /// How CSV is written.
    public var csv = CSVRenderer()

    /// A rendering in a format.
    public init(_ format: ReportFormat) { self.format = format }

    /// The files for the reports.
    ///
    /// - Parameters:
    ///   - reports: run with charts if the format shows them.
    ///   - separately: whether tables, CSV and JSON are one file per report.
    /// - Throws: `ReportError` with code `rendering`.
    public func files(_ reports: ReportSet, separately: Bool) throws -> [File] {
        if let book = reports.book {
            let bytes = try format == .html ? HTMLRenderer().render(book) : XLSXRenderer().render(book)
            return [File(name: "report-\(book.window.name).\(format.ending)", bytes: bytes)]
        }
        let results = reports.results
        guard separately else { return [File(name: "", bytes: bytes(results, isSeveral: reports.isSeveral))] }
        return results.map { result in
            File(name: "\(result.definition.name).\(format.ending)", bytes: bytes([result], isSeveral: false))
        }
    }

    private func bytes(_ results: [ReportResult], isSeveral: Bool) -> [UInt8] {
        switch format {
        case .json: JSONRenderer().render(results, isArray: isSeveral)
        case .csv: results.flatMap { csv.render($0) }
        default: table.render(results)
        }
    }
}
