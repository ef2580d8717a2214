import ArgumentParser
import Services

/// The output format and its destination.
struct ReportFormOptions: ParsableArguments {
    @Option(name: .long, help: "table, csv, json, html or xlsx (default: by the ending of the output file's name).")
    var format: ReportFormat?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Where to write (default: stdout).", valueName: "file|directory"),
        completion: .file()
    )
    var output: String?

    @Option(name: .long, help: "The delimiter of CSV.")
    var delimiter: String = ","

    @Option(
        name: .long,
        help: ArgumentHelp("Only these columns, in this order, separated by commas.", valueName: "a,b,c")
    )
    var columns: String?

    var columnNames: [String] {
        (columns ?? "").split(separator: ",").map { name in String(name.drop { $0 == " " }) }
    }

    @Flag(name: .long, help: "Begin CSV with a byte order mark, for spreadsheets.")
    var bom = false

    @Flag(name: .long, help: "Add the totals to CSV (a last row) and JSON (`totals`); other formats always have them.")
    var totals = false

    func validate() throws {
        // A line break or a quote would make the file unreadable.
        let isUsable = delimiter == "\\t" || delimiter.utf8.count == 1 && !"\"\r\n".contains(delimiter)
        if !isUsable { throw ValidationError("--delimiter is one character, such as ; or \\t.") }
    }
}
