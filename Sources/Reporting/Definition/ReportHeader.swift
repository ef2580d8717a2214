/// The parsed comment lines at the top of a report's file; see ``ReportDefinition/init(name:text:file:)``.
struct ReportHeader {
    var title: String?
    var description: String?
    var parameters: [ReportParameter] = []
    var columns: [ReportColumn] = []
    var checks: [SumCheck] = []
    /// The report from whose rows the program makes this one's.
    var source: String?
    /// The columns shown to people, the most important first; empty for all.
    var shown: [String] = []
    /// The most important columns of a wide table; empty for the first ones.
    var main: [String] = []
    /// The text after the header, with the line on which it begins.
    var statement = ""
    var firstLine = 1

    private let file: String

    init(_ text: String, file: String) throws(ReportError) {
        self.file = file
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var entries: [(key: String, value: String, line: Int)] = []
        var index = 0
        while index < lines.count {
            let line = lines[index].trimmed
            guard line.isEmpty || line.hasPrefix("--") else { break }
            let comment = line.dropFirst(2)
            if comment.hasPrefix("  ") && !entries.isEmpty {
                entries[entries.count - 1].value += " " + comment.trimmed
            } else if let entry = Self.entry(comment) {
                entries.append((entry.key, entry.value, index + 1))
            }
            index += 1
        }
        firstLine = index + 1
        statement = lines[min(index, lines.count)...].joined(separator: "\n")
        while let last = statement.last, last.isWhitespace || last == ";" { statement.removeLast() }
        for entry in entries { try add(entry.key, entry.value, line: entry.line) }
        try checkNames(entries.first { $0.key == "check" }?.line)
    }

    /// `key: value`, in which the key is one word; any other line is a plain comment.
    private static func entry(_ comment: Substring) -> (key: String, value: String)? {
        guard let colon = comment.firstIndex(of: ":") else { return nil }
        let key = comment[..<colon].trimmed
        guard key.isIdentifier else { return nil }
        return (key, comment[comment.index(after: colon)...].trimmed)
    }

    private mutating func add(_ key: String, _ value: String, line: Int) throws(ReportError) {
        switch key {
        case "title" where title == nil: title = value
        case "description" where description == nil: description = value
        case "title", "description": throw error("A second \"\(key)\" line.", line)
        case "parameter": parameters.append(try parameter(value, line))
        case "column": columns.append(try column(value, line))
        case "check":
            guard let check = SumCheck(value) else {
                throw error("A check reads \"total = part + part\"; this one is \"\(value)\".", line)
            }
            checks.append(check)
        case "rows" where source == nil: source = value
        case "shown": shown = value.split(separator: ",").map(\.trimmed)
        case "main": main = value.split(separator: ",").map(\.trimmed)
        default:
            throw error("\"\(key)\" is not one of title, description, parameter, column, check, shown, main.", line)
        }
    }

    /// `name type: description`, or `name type = default: description`.
    private func parameter(_ value: String, _ line: Int) throws(ReportError) -> ReportParameter {
        let (declaration, description) = try declaration(value, line)
        let sides = declaration.split(separator: "=", maxSplits: 1)
        let words = sides[0].split(separator: " ")
        guard words.count == 2, words[0].isIdentifier else {
            throw error("A parameter reads \"name type: description\"; this one is \"\(value)\".", line)
        }
        guard let kind = ReportParameter.Kind(rawValue: String(words[1])) else {
            let known = ReportParameter.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw error("\"\(words[1])\" is not a type of parameters; they are \(known).", line)
        }
        let name = String(words[0])
        guard !parameters.contains(where: { $0.name == name }) else {
            throw error("A second parameter \"\(name)\".", line)
        }
        let defaultValue: ReportParameter.Default =
            if sides.count < 2 { .required } else if sides[1].trimmed == "null" { .null } else {
                .value(sides[1].trimmed)
            }
        return ReportParameter(name: name, kind: kind, defaultValue: defaultValue, description: description)
    }

    /// `name kind: description`, or `name kind "heading": description`.
    private func column(_ value: String, _ line: Int) throws(ReportError) -> ReportColumn {
        let (declaration, description) = try declaration(value, line)
        let parts = declaration.split(separator: "\"", omittingEmptySubsequences: false)
        guard parts.count == 1 || parts.count == 3 && parts[2].trimmed.isEmpty && !parts[1].trimmed.isEmpty else {
            throw error("A heading stands between two quotes; this column is \"\(value)\".", line)
        }
        let words = parts[0].split(separator: " ")
        guard words.count == 2, words[0].isIdentifier else {
            throw error("A column reads \"name kind: description\"; this one is \"\(value)\".", line)
        }
        guard let kind = ReportColumn.Kind(rawValue: String(words[1])) else {
            let known = ReportColumn.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw error("\"\(words[1])\" is not a kind of column; they are \(known).", line)
        }
        let name = String(words[0])
        guard !columns.contains(where: { $0.name == name }) else { throw error("A second column \"\(name)\".", line) }
        let heading = parts.count == 3 ? parts[1].trimmed : nil
        return ReportColumn(name: name, kind: kind, description: description, givenHeading: heading)
    }

    private func declaration(_ value: String, _ line: Int) throws(ReportError) -> (String, String) {
        guard let colon = value.firstIndex(of: ":"), colon > value.startIndex else {
            throw error("A colon and a description are missing after \"\(value)\".", line)
        }
        return (String(value[..<colon]), value[value.index(after: colon)...].trimmed)
    }

    /// A check refers to columns with whole numbers.
    private func checkNames(_ line: Int?) throws(ReportError) {
        for check in checks {
            for name in [check.total] + check.parts
            where !columns.contains(where: { $0.name == name && ($0.kind == .integer || $0.kind == .duration) }) {
                throw error(
                    "The check \"\(check)\" names \"\(name)\", which is not a column of whole numbers.",
                    line ?? 1
                )
            }
        }
    }

    private func error(_ message: String, _ line: Int) -> ReportError {
        ReportError(.definition, message, file: file, line: line)
    }
}
