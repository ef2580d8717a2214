import Base

/// CSV by RFC 4180: a header, CRLF, quotes where needed. Names of columns and words are the same in every language.
public struct CSVRenderer: Sendable {
    /// How moments are written.
    public enum Dates: String, Sendable, CaseIterable {
        /// ISO 8601 with the offset from UTC: `2026-11-28T14:30:00+01:00`.
        case iso
        /// As spreadsheets in the language of the task read them, by the clocks of the report's zone:
        /// `28.11.2026 14:30:00`, in English `2026-11-28 14:30:00`.
        case local
    }

    /// The separator between cells.
    public var delimiter: Character
    /// What precedes the decimals of a number.
    public var decimal: String
    /// How moments are written.
    public var dates: Dates
    /// Whether the file begins with a byte order mark, so that spreadsheets recognise UTF-8.
    public var writesByteOrderMark: Bool
    /// Whether the output is for a terminal, which names must not be able to control. In a file, names are unchanged.
    public var isForTerminal: Bool

    /// By default, what programs expect: commas, decimal points, ISO dates, no byte order mark.
    public init(
        delimiter: Character = ",",
        decimal: String = ".",
        dates: Dates = .iso,
        writesByteOrderMark: Bool = false,
        isForTerminal: Bool = false
    ) {
        self.delimiter = delimiter
        self.decimal = decimal
        self.dates = dates
        self.writesByteOrderMark = writesByteOrderMark
        self.isForTerminal = isForTerminal
    }

    /// CSV that spreadsheets in the language of the task open correctly: with a byte order mark, local dates, and where
    /// numbers have a decimal comma, a semicolon between cells.
    public static var forSpreadsheets: CSVRenderer {
        let decimal = Language.current.decimalSeparator
        return CSVRenderer(
            delimiter: decimal == "," ? ";" : ",",
            decimal: decimal,
            dates: .local,
            writesByteOrderMark: true
        )
    }

    /// One report as one file.
    public func render(_ result: ReportResult) -> [UInt8] {
        var text = writesByteOrderMark ? "\u{FEFF}" : ""
        append(result.columns.map(\.name), to: &text)
        for row in result.rows { append(row.map(field), to: &text) }
        if let total = result.total { append(total.map(field), to: &text) }
        return Array(text.utf8)
    }

    /// Any other table as one file: its header and rows of texts, which are defused like those of reports.
    public func render(header: [String], rows: [[String]]) -> [UInt8] {
        var text = writesByteOrderMark ? "\u{FEFF}" : ""
        append(header, to: &text)
        for row in rows { append(row.map(Self.defused), to: &text) }
        return Array(text.utf8)
    }

    private func field(_ cell: ReportCell) -> String {
        switch cell {
        case .empty: ""
        case .text(let text): Self.defused(text)
        case .moment(let moment):
            dates == .iso ? moment.description : "\(Words.date(moment.date)) \(moment.time)"
        case .integer: cell.number ?? ""
        case .tenths: (cell.number ?? "").replacing(".", with: decimal)
        }
    }

    private func append(_ fields: [String], to text: inout String) {
        for (place, field) in fields.enumerated() {
            if place > 0 { text.append(delimiter) }
            text += quoted(isForTerminal ? PrintableText.of(field) : field)
        }
        text += "\r\n"
    }

    private func quoted(_ field: String) -> String {
        // By scalars, because CR LF is a single character.
        let needsQuotes = field.unicodeScalars.contains { scalar in
            scalar == "\"" || scalar == "\n" || scalar == "\r" || delimiter.unicodeScalars.contains(scalar)
        }
        guard needsQuotes else { return field }
        return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// A text that a spreadsheet would execute is preceded by an apostrophe: callers choose their own names.
    ///
    /// The characters are OWASP's (https://owasp.org/www-community/attacks/CSV_Injection), including full-width and
    /// small forms, also after blanks and invisible characters. A plus followed only by digits is a telephone number:
    /// as a formula it evaluates to the same number, so it is left alone.
    static func defused(_ text: String) -> String {
        let shown = text.unicodeScalars.drop { scalar in
            scalar.properties.isWhitespace || [.control, .format].contains(scalar.properties.generalCategory)
        }
        guard let first = text.unicodeScalars.first, let sign = shown.first ?? text.unicodeScalars.first else {
            return text
        }
        if first == "\t" || first == "\r" || first == "\n" { return "'" + text }
        switch sign {
        case "=", "-", "@": return "'" + text
        case "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}", "\u{FE66}", "\u{FE62}", "\u{FE63}", "\u{FE6B}":
            return "'" + text
        case "+":
            let digits = text.utf8.dropFirst()
            return first != sign || digits.isEmpty || !digits.allSatisfy(\.isDigit) ? "'" + text : text
        default:
            return text
        }
    }
}
