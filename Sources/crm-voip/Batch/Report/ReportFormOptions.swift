import ArgumentParser
import Reporting
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

    @Option(name: .long, help: "The delimiter of CSV (default: a comma).")
    var delimiter: String?

    @Option(name: .long, help: "The decimal separator of CSV: . or , (default: .).")
    var decimal: String?

    @Option(
        name: .long,
        help: "The dates of CSV: iso has the offset from UTC, local is as spreadsheets read it."
    )
    var dates: CSVRenderer.Dates?

    @Flag(
        name: .long,
        help: """
            Write CSV as spreadsheets open it: --bom, --dates local, and with --language de or ru also ; and decimal commas.
            """
    )
    var spreadsheet = false

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
        if let delimiter, delimiter != "\\t", delimiter.utf8.count != 1 || "\"\r\n".contains(delimiter) {
            throw ValidationError("--delimiter is one character, such as ; or \\t.")
        }
        if let decimal, decimal != ".", decimal != "," { throw ValidationError("--decimal is a point or a comma.") }
    }

    /// CSV as these options describe it; a single option takes precedence over `--spreadsheet`.
    var csv: CSVRenderer {
        var csv = spreadsheet ? CSVRenderer.forSpreadsheets : CSVRenderer()
        if let delimiter { csv.delimiter = delimiter == "\\t" ? "\t" : Character(delimiter) }
        if let decimal { csv.decimal = decimal }
        if let dates { csv.dates = dates }
        if bom { csv.writesByteOrderMark = true }
        return csv
    }
}
