/// The reports that there are: those of the binary, and those of a directory of the user's.
public struct ReportCatalogue: Sendable {
    /// By name, in the order of names.
    public let definitions: [ReportDefinition]

    /// Reads the reports of the binary and, above them, those of a directory: a file of the same name wins, any
    /// other is one more report.
    ///
    /// - Parameter directory: Where the user keeps reports; nil for none.
    /// - Throws: ``ReportError`` with code `definition` or `file`: one bad file fails all, so that it is seen.
    public init(directory: String? = nil) throws(ReportError) {
        var byName: [String: ReportDefinition] = [:]
        for (file, content) in ReportFiles.all {
            guard let name = file.reportName else { continue }
            byName[name] = try ReportDefinition(name: name, text: content, file: "reports/\(file)", isBuiltIn: true)
        }
        if let directory {
            try Directory.checkOwner(directory)
            for file in try Directory.fileNames(directory) {
                guard let name = file.reportName else { continue }
                let path = "\(directory)/\(file)"
                try Directory.checkOwner(path)
                byName[name] = try ReportDefinition(name: name, text: try Directory.text(path), file: path)
            }
        }
        definitions = byName.values.sorted { $0.name < $1.name }
    }

    /// The report of that name.
    ///
    /// - Throws: ``ReportError`` with code `unknownReport`, which names those that there are.
    public func definition(_ name: String) throws(ReportError) -> ReportDefinition {
        if let found = definitions.first(where: { $0.name == name }) { return found }
        let names = definitions.map(\.name).joined(separator: ", ")
        throw ReportError(.unknownReport, "There is no report \"\(name)\"; there are \(names).")
    }
}

extension String {
    /// `queues` for `queues.sql`; nil for files in folders, hidden files and other endings.
    fileprivate var reportName: String? {
        guard hasSuffix(".sql"), !hasPrefix("."), !contains("/"), count > 4 else { return nil }
        return String(dropLast(4))
    }
}
