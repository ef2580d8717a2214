import FoundationEssentials

/// `embed-sql FOLDER OUTPUT TICK TYPE`: writes the text files below a folder as Swift source.
///
///     package enum SQLFiles {
///         package static let all = [("load/stored_calls.sql", Load.storedCalls)]
///         package enum Load {
///             package static let storedCalls = "…"
///         }
///     }
///
/// The output is left alone if it would not change, so that nothing is recompiled; the tick is always changed, so that
/// the next build runs this tool again.
@main
enum EmbedSQL {
    private static let endings = [".sql", ".html", ".css", ".js", ".svg", ".txt", ".po"]

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5 else { throw EmbeddingError(sentence: "Usage: embed-sql FOLDER OUTPUT TICK TYPE") }
        let files = try FileManager.default.textFiles(below: arguments[1], endings: endings)
        let source = try SourceFile(type: arguments[4], files: files).text
        let output = URL(filePath: arguments[2])
        if (try? Data(contentsOf: output)) != Data(source.utf8) {
            try Data(source.utf8).write(to: output, options: .atomic)
        }
        try Data("\(Date().timeIntervalSince1970)".utf8).write(to: URL(filePath: arguments[3]), options: .atomic)
    }
}

struct EmbeddingError: Error, CustomStringConvertible {
    let sentence: String

    var description: String { sentence }
}

extension FileManager {
    /// The files below a folder by relative name, in order; empty if the folder does not exist.
    fileprivate func textFiles(below folder: String, endings: [String]) throws -> [(name: String, content: String)] {
        guard fileExists(atPath: folder) else { return [] }
        let names = try subpathsOfDirectory(atPath: folder).filter { name in endings.contains { name.hasSuffix($0) } }
        return try names.sorted().map { name in
            guard let content = contents(atPath: "\(folder)/\(name)").flatMap({ String(validating: $0, as: UTF8.self) })
            else { throw EmbeddingError(sentence: "\(folder)/\(name) is not a text in UTF-8.") }
            return (name, content)
        }
    }
}
