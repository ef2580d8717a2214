import Base

/// A report: one statement, and the header of its file.
public struct ReportDefinition: Sendable {
    /// The file's name without `.sql`.
    public let name: String
    /// A heading, and what a row represents, as in the file.
    let writtenTitle: String, writtenDescription: String
    /// The columns, in the order in which the statement returns them.
    public internal(set) var columns: [ReportColumn]
    /// The values that the statement needs.
    public let parameters: [ReportParameter]
    /// Sums that every row must satisfy.
    public let checks: [SumCheck]
    /// The report from whose rows the program makes this one's; nil if its own statement returns them.
    let source: String?
    /// The columns that tables and pages show, the most important first; empty for all.
    var shown: [String]
    /// The columns that a page shows beside those that identify a row, in this order, while it folds the others; a workbook
    /// prints only these. Empty for the first ones.
    var main: [String]
    /// Whether the reader chose the columns, so that none is hidden.
    var hasChosenColumns = false
    /// The whole file.
    public let text: String
    /// The file, for messages.
    public let file: String
    /// Whether the report is part of the program. A user's own report may only read the warehouse.
    let isBuiltIn: Bool

    /// The statement in the server's form.
    let statement: NamedStatement
    /// The line on which the statement begins, counted from 1.
    let firstLine: Int
}

extension ReportDefinition {
    /// A heading in the language of the task.
    public var title: String { localized(key: writtenTitle, context: "report") }
    /// What a row represents, in the language of the task.
    public var description: String { localized(key: writtenDescription, context: "report") }
    /// The heading of a column in the language of the task; the name itself if the report has no such column.
    package func heading(of column: String) -> String { Headings(columns).of(column) }
}

extension ReportDefinition {
    /// Reads a report's file: comment lines of the form below, then one statement.
    ///
    ///     -- title: What it is called
    ///     -- description: What a row is.
    ///     -- parameter: window_from timestamptz: First moment of the window.
    ///     -- parameter: limit integer = 20: How many rows.
    ///     -- column: number text: The number.
    ///     -- column: talk_s duration: A description may go on
    ///     --   in lines that are indented.
    ///     -- check: calls = answered + lost
    ///
    /// - Parameters:
    ///   - name: The name of the report.
    ///   - text: The file's content.
    ///   - file: Its path, for messages.
    /// - Throws: ``ReportError`` with code `definition`, the file and the line.
    public init(name: String, text: String, file: String) throws(ReportError) {
        try self.init(name: name, text: text, file: file, isBuiltIn: false)
    }

    init(name: String, text: String, file: String, isBuiltIn: Bool) throws(ReportError) {
        let header = try ReportHeader(text, file: file)
        guard let title = header.title else {
            throw ReportError(.definition, "The header has no \"-- title:\" line.", file: file)
        }
        guard !header.columns.isEmpty else {
            throw ReportError(.definition, "The header declares no \"-- column:\".", file: file)
        }
        if header.source != nil, !isBuiltIn {
            throw ReportError(.definition, "Only the program's own reports have \"-- rows:\".", file: file)
        }
        for (key, names) in [("shown", header.shown), ("main", header.main)] {
            if let name = names.first(where: { name in !header.columns.contains { $0.name == name } }) {
                throw ReportError(.definition, "\"-- \(key):\" names \(name), which is not a column.", file: file)
            }
        }
        guard header.source != nil || !header.statement.trimmed.isEmpty else {
            throw ReportError(.definition, "No statement follows the header.", file: file, line: header.firstLine)
        }
        let types = Dictionary(header.parameters.map { ($0.name, $0.kind) }) { first, _ in first }
        do throws(NamedStatement.UndeclaredName) {
            statement = try NamedStatement(header.statement, types: types)
        } catch {
            throw ReportError(
                .definition,
                "The statement uses :\(error.name), which no \"-- parameter:\" line declares.",
                file: file,
                line: header.firstLine + error.line
            )
        }
        self.name = name
        writtenTitle = title
        writtenDescription = header.description ?? ""
        self.columns = header.columns
        self.parameters = header.parameters
        self.checks = header.checks
        self.source = header.source
        self.shown = header.shown
        self.main = header.main
        self.text = text
        self.file = file
        self.isBuiltIn = isBuiltIn
        self.firstLine = header.firstLine
    }
}
