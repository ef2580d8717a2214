import FoundationEssentials

/// `embed-sql FOLDER OUTPUT TICK`: writes the text files below a folder as Swift source.
///
/// The output is left alone where it would not change, so that nothing is compiled anew; the tick is changed in any
/// case, so that the next build runs this again.
@main
enum EmbedSQL {
    private static let endings = [".sql", ".html", ".css", ".js", ".svg", ".txt"]

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4 else { throw EmbeddingError(sentence: "Usage: embed-sql FOLDER OUTPUT TICK") }
        let files = try FileManager.default.textFiles(below: arguments[1], endings: endings)
        var source = "enum EmbeddedFiles {\n    static let all: [(name: String, content: String)] = [\n"
        for (name, content) in files {
            source += "        (\(literal(name)), \(literal(content))),\n"
        }
        source += "    ]\n}\n"
        let output = URL(filePath: arguments[2])
        if (try? Data(contentsOf: output)) != Data(source.utf8) {
            try Data(source.utf8).write(to: output, options: .atomic)
        }
        try Data("\(Date().timeIntervalSince1970)".utf8).write(to: URL(filePath: arguments[3]), options: .atomic)
    }

    /// One line, because a literal of several would change line ends and indentation.
    private static func literal(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", "\"": result += "\\\(scalar)"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

struct EmbeddingError: Error, CustomStringConvertible {
    let sentence: String

    var description: String { sentence }
}

extension FileManager {
    /// The files below a folder by relative name, in order; none where there is no folder.
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
