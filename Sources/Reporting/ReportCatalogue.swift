import Base

/// The available reports: the built-in ones, and those in a directory of the user's.
public struct ReportCatalogue: Sendable {
    /// The reports, in order of name.
    public let definitions: [ReportDefinition]
    /// The user's files that are not valid reports, in order of name. Only the report with that name fails.
    public let broken: [ReportFailure]

    /// Reads the built-in reports and those in a directory: a file with the name of a built-in report replaces it, any
    /// other file is an additional report.
    ///
    /// - Parameter directory: The directory of the user's reports; nil for none.
    /// - Throws: ``ReportError`` with code `definition` or `file` if the directory cannot be used.
    public init(directory: String? = nil) throws(ReportError) {
        var byName: [String: ReportDefinition] = [:]
        for (file, content) in ReportFiles.all {
            guard let name = file.reportName else { continue }
            byName[name] = try ReportDefinition(name: name, text: content, file: "reports/\(file)", isBuiltIn: true)
        }
        var broken: [ReportFailure] = []
        if let directory {
            try Directory.checkOwner(directory)
            for file in try Directory.fileNames(directory) {
                guard let name = file.reportName else { continue }
                // A broken file must not fall back to the built-in report that it was meant to replace.
                byName[name] = nil
                do throws(ReportError) {
                    byName[name] = try Self.own(name, "\(directory)/\(file)")
                } catch {
                    broken.append(ReportFailure(name: name, error: error))
                }
            }
        }
        definitions = byName.values.sorted { $0.name < $1.name }
        self.broken = broken
    }

    private static func own(_ name: String, _ path: String) throws(ReportError) -> ReportDefinition {
        try Directory.checkOwner(path)
        return try ReportDefinition(name: name, text: try Directory.text(path), file: path)
    }

    /// The report with this name.
    ///
    /// - Throws: ``ReportError`` with code `unknownReport`, which suggests similar names; the error of a file that is
    ///   not a valid report.
    public func definition(_ name: String) throws(ReportError) -> ReportDefinition {
        if let found = definitions.first(where: { $0.name == name }) { return found }
        if let failure = broken.first(where: { $0.name == name }) { throw failure.error }
        let names = definitions.map(\.name)
        let meant = Suggestion.nearest(to: name, among: names).map { "; did you mean \($0)?" } ?? "."
        throw ReportError(.unknownReport, "Unknown report \(name)\(meant) Available: \(names.joined(separator: ", ")).")
    }
}

extension String {
    /// `queues` for `queues.sql`; nil for files in folders, hidden files and other extensions.
    fileprivate var reportName: String? {
        guard hasSuffix(".sql"), !hasPrefix("."), !contains("/"), count > 4 else { return nil }
        return String(dropLast(4))
    }
}
