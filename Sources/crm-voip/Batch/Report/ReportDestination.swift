import Base
import Glibc
import Reporting
import Services

/// Where a report goes and in which form: to stdout, to a file, or to a folder as a file a report.
struct ReportDestination {
    let format: ReportFormat
    private let path: String?
    private let isFolder: Bool
    private let rendering: ReportRendering

    /// - Throws: `Failure` with status `usage` where the form cannot go there.
    init(_ form: ReportFormOptions, json: Bool, reports: Int, terminal: Terminal) throws {
        path = form.output == "-" ? nil : form.output
        isFolder = path.map { $0.hasSuffix("/") || Self.isFolder($0) } ?? false
        let byName =
            isFolder
            ? nil
            : path.flatMap { path in
                ReportFormat.allCases.first { path.lowercased().hasSuffix(".\($0.ending)") }
            }
        format = json ? .json : form.format ?? byName ?? .table
        if let path, !json, form.format == nil, byName == nil, !isFolder, let ending = Self.ending(path) {
            let known = ReportFormat.allCases.map { ".\($0.ending)" }.joined(separator: ", ")
            throw Failure(.usage, "No format is named \(ending). Use a name that ends in \(known), or add --format.")
        }
        let isShown = path == nil && terminal.isOutputTerminal
        var rendering = ReportRendering(format)
        rendering.table = TableRenderer(
            width: path == nil ? terminal.width : nil,
            isStyled: isShown && terminal.outputStyle.isOn
        )
        rendering.csv = CSVRenderer(
            delimiter: form.delimiter == "\\t" ? "\t" : Character(form.delimiter),
            writesByteOrderMark: form.bom
        )
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
        if isFolder { mkdir(path, 0o755) }
        for file in files {
            try Self.replace(isFolder ? path + (path.hasSuffix("/") ? "" : "/") + file.name : path, file.bytes)
        }
    }

    /// Writes beside the file and puts it in its place when it is whole: who reads it meanwhile sees the old one.
    private static func replace(_ path: String, _ bytes: [UInt8]) throws {
        let draft = "\(path).\(getpid())"
        func failure() -> Failure { Failure(.failed, "Cannot write \(path): \(String(cString: strerror(errno))).") }
        guard let file = fopen(draft, "wx") else { throw failure() }
        let isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count
        guard fclose(file) == 0, isWritten, rename(draft, path) == 0 else {
            let failure = failure()
            unlink(draft)
            throw failure
        }
    }

    /// `.pdf` of `week.pdf`; nil where the file's name has no ending.
    private static func ending(_ path: String) -> String? {
        let name = path.split(separator: "/").last ?? ""
        guard let point = name.lastIndex(of: "."), point != name.startIndex else { return nil }
        return String(name[point...])
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
