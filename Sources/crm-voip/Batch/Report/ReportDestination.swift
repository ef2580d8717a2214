import Base
import Reporting
import Services

/// The destination and format of a report: stdout, a file, or a folder with one file per report.
struct ReportDestination {
    let format: ReportFormat
    private let path: String?
    private let isFolder: Bool
    private let rendering: ReportRendering

    /// - Throws: `Failure` with status `usage` if the format cannot be written there.
    init(_ form: ReportFormOptions, json: Bool, reports: Int, terminal: Terminal) throws {
        path = form.output == "-" ? nil : form.output
        isFolder = path.map { $0.hasSuffix("/") || Folder.exists($0) } ?? false
        let byName =
            isFolder
            ? nil
            : path.flatMap { path in
                ReportFormat.allCases.first { path.lowercased().hasSuffix(".\($0.ending)") }
            }
        format = json ? .json : form.format ?? byName ?? .table
        if let path, !json, form.format == nil, byName == nil, !isFolder, let ending = Self.ending(path) {
            let known = ReportFormat.allCases.map { ".\($0.ending)" }.joined(separator: ", ")
            throw Failure(.usage, "Unknown format \(ending). Use a name that ends in \(known), or add --format.")
        }
        let isShown = path == nil && terminal.isOutputTerminal
        var rendering = ReportRendering(format)
        rendering.table = TableRenderer(
            width: path == nil ? terminal.width : nil,
            isStyled: isShown && terminal.outputStyle.isOn
        )
        rendering.csv = form.csv
        rendering.csv.isForTerminal = isShown
        self.rendering = rendering
        if format == .csv, reports > 1, !isFolder {
            throw Failure(.usage, "CSV holds one report per file; give a directory with --output.")
        }
        if format == .xlsx, isShown {
            throw Failure(.usage, "XLSX cannot be written to a terminal; use --output FILE.")
        }
    }

    func write(_ reports: ReportSet) throws {
        let files = try rendering.files(reports, separately: isFolder)
        guard let path else { return try files.forEach { try StandardOutput.write($0.bytes) } }
        if isFolder { try Folder.make(path, permissions: 0o755) }
        for file in files {
            let target = isFolder ? path + (path.hasSuffix("/") ? "" : "/") + file.name : path
            try AtomicFile.replace(target, with: file.bytes, permissions: 0o644)
        }
    }

    /// `.pdf` of `week.pdf`; nil if the file's name has no extension.
    private static func ending(_ path: String) -> String? {
        let name = path.split(separator: "/").last ?? ""
        guard let point = name.lastIndex(of: "."), point != name.startIndex else { return nil }
        return String(name[point...])
    }
}
