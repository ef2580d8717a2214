/// Swift source with one constant for each file, so that a misspelled name does not compile.
///
/// `load/stored_calls.sql` becomes `Load.storedCalls`; a name that begins with a digit is prefixed with `step`.
struct SourceFile {
    /// The source.
    let text: String

    /// - Throws: ``EmbeddingError`` for two files that would get the same name, or a file in a nested folder.
    init(type: String, files: [(name: String, content: String)]) throws {
        var folders: [String: [String]] = [:]
        var list: [String] = []
        var taken: Set<String> = []
        for (name, content) in files {
            let parts = name.split(separator: "/").map { String($0) }
            guard parts.count <= 2, let last = parts.last else {
                throw EmbeddingError(sentence: "\(name) lies too deep: only one level of folders is embedded.")
            }
            let folder = parts.count == 2 ? Self.typeName(parts[0]) : ""
            let constant = Self.constantName(last)
            let path = folder.isEmpty ? constant : "\(folder).\(constant)"
            guard taken.insert(path).inserted, path != "all" else {
                throw EmbeddingError(sentence: "\(name) needs another name: \(path) is taken.")
            }
            folders[folder, default: []] += [
                "/// `\(name)`", "package static let \(constant) = \(Self.literal(content))",
            ]
            list.append("(\(Self.literal(name)), \(path))")
        }
        var lines = ["package enum \(type) {", "    package static let all: [(name: String, content: String)] = ["]
        lines += list.map { "        \($0)," } + ["    ]"]
        for (folder, constants) in folders.sorted(by: { $0.key < $1.key }) {
            if folder.isEmpty {
                lines += constants.map { "    \($0)" }
            } else {
                lines += ["    package enum \(folder) {"] + constants.map { "        \($0)" } + ["    }"]
            }
        }
        text = (lines + ["}", ""]).joined(separator: "\n")
    }

    private static func typeName(_ folder: String) -> String {
        words(folder).map(capitalised).joined()
    }

    private static func constantName(_ file: String) -> String {
        let words = words(file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file)
        let name = words.prefix(1).joined() + words.dropFirst().map(capitalised).joined()
        return name.first?.isNumber == true ? "step\(name)" : "`\(name)`"
    }

    private static func words(_ name: String) -> [String] {
        name.split { "_-. ".contains($0) }.map { String($0) }
    }

    private static func capitalised(_ word: String) -> String {
        word.prefix(1).uppercased() + word.dropFirst()
    }

    /// On one line, because a multi-line literal would change line ends and indentation.
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
