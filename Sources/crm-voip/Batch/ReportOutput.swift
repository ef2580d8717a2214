import Glibc
import Reporting

/// Where a report goes and in which form: to stdout, to a file, or to a folder as a file a report.
struct ReportOutput {
    /// Bytes, and the name that they have in a folder.
    struct File {
        let name: String
        let bytes: [UInt8]
    }

    let format: ReportFormat
    private let path: String?
    private let isFolder: Bool
    private let table: TableRenderer
    private let csv: CSVRenderer

    /// - Throws: `Failure` with status `usage` where the form cannot go there.
    init(_ command: ReportCommand) throws {
        let form = command.form
        path = form.output
        isFolder = path.map { $0.hasSuffix("/") || Self.isFolder($0) } ?? false
        let byName =
            isFolder
            ? nil
            : path.flatMap { path in
                ReportFormat.allCases.first { path.lowercased().hasSuffix(".\($0.ending)") }
            }
        format = command.output.json ? .json : form.format ?? byName ?? .table
        let terminal = command.common.terminal
        let isShown = path == nil && terminal.isOutputTerminal
        table = TableRenderer(width: isShown ? terminal.width : nil, isStyled: isShown && terminal.outputStyle.isOn)
        csv = CSVRenderer(
            delimiter: form.delimiter == "\\t" ? "\t" : Character(form.delimiter),
            writesByteOrderMark: form.bom
        )
        if format == .csv, command.names.count > 1, !isFolder {
            throw Failure(.usage, "Several reports are several CSV files: name a folder with --output.")
        }
        if format == .xlsx, isShown {
            throw Failure(.usage, "A workbook is nothing for a terminal: name a file with --output.")
        }
    }

    func files(_ book: ReportBook) throws -> [File] {
        let bytes = try format == .html ? HTMLRenderer().render(book) : XLSXRenderer().render(book)
        return [File(name: "report-\(book.window.name).\(format.ending)", bytes: bytes)]
    }

    func files(_ results: [ReportResult]) -> [File] {
        guard isFolder else { return [File(name: "", bytes: bytes(results))] }
        return results.map { File(name: "\($0.definition.name).\(format.ending)", bytes: bytes([$0])) }
    }

    private func bytes(_ results: [ReportResult]) -> [UInt8] {
        switch format {
        case .json: JSONRenderer().render(results)
        case .csv: results.flatMap { csv.render($0) }
        default: table.render(results)
        }
    }

    func write(_ files: [File]) throws {
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

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
