import Base

/// The columns of a report in people's words and in the language of the task: formats for people show no names of
/// columns.
struct Headings {
    private let columns: [ReportColumn]
    private let byName: [String: String]

    init(_ columns: [ReportColumn]) {
        self.columns = columns
        let headings = columns.map { ($0.name, localized(key: Self.english($0, among: columns), context: "column")) }
        byName = Dictionary(headings) { first, _ in first }
    }

    /// The heading of a column.
    func of(_ name: String) -> String { byName[name] ?? name }

    /// A column's description in the language of the task, in which headings replace the names of columns, and blanks the
    /// underscores of other names.
    func explained(_ description: String) -> String {
        let description = localized(key: description, context: "meaning")
        var result = ""
        var word = ""
        func flush() {
            result += word.contains("_") ? byName[word] ?? word.split(separator: "_").joined(separator: " ") : word
            word = ""
        }
        for character in description {
            if character == "_" || character.isLetter || character.isNumber {
                word.append(character)
            } else {
                flush()
                result.append(character)
            }
        }
        flush()
        return result
    }

    /// `service_level_pct` becomes "service level %": units are shown with the values. If a count and its seconds have
    /// the same name, the seconds are headed "time".
    static func english(_ column: ReportColumn, among columns: [ReportColumn]) -> String {
        if let heading = column.givenHeading { return heading }
        var words = column.name.split(separator: "_").map { String($0) }
        if words.count > 1 {
            if words.last == "s" {
                words.removeLast()
                if columns.contains(where: { $0.name + "_s" == column.name }) { words.append("time") }
            }
            if words.last == "pct" { words[words.count - 1] = "%" }
        }
        return words.joined(separator: " ")
    }
}
