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
        var file = beginning(result.columns.map(\.name))
        for row in result.rows { append(row, to: &file) { write($0, to: &$1) } }
        if let total = result.total { append(total, to: &file) { write($0, to: &$1) } }
        return file
    }

    /// Any other table as one file: its header and rows of texts, which are defused like those of reports.
    public func render(header: [String], rows: [[String]]) -> [UInt8] {
        var file = beginning(header)
        for row in rows { append(row, to: &file) { write(Self.defused($0), to: &$1) } }
        return file
    }

    private func beginning(_ header: [String]) -> [UInt8] {
        var file = writesByteOrderMark ? Array("\u{FEFF}".utf8) : []
        append(header, to: &file) { write($0, to: &$1) }
        return file
    }

    private func write(_ cell: ReportCell, to file: inout [UInt8]) {
        switch cell {
        case .empty: return
        case .text(let text): write(Self.defused(text), to: &file)
        case .moment(let moment) where dates == .iso: moment.write(to: &file)
        case .moment(let moment): write("\(Words.date(moment.date)) \(moment.time)", to: &file)
        case .integer: write(cell.number ?? "", to: &file)
        case .tenths: write((cell.number ?? "").replacing(".", with: decimal), to: &file)
        }
    }

    private func write(_ text: String, to file: inout [UInt8]) {
        file.append(contentsOf: (isForTerminal ? PrintableText.of(text) : text).utf8)
    }

    private func append<Field>(_ fields: [Field], to file: inout [UInt8], _ write: (Field, inout [UInt8]) -> Void) {
        for (place, field) in fields.enumerated() {
            if place > 0 { file.append(contentsOf: delimiter.utf8) }
            let start = file.count
            write(field, &file)
            quote(&file, from: start)
        }
        file.append(contentsOf: "\r\n".utf8)
    }

    /// Puts what was written from a place on into quotes, if it needs them.
    private func quote(_ file: inout [UInt8], from start: Int) {
        let delimiter = delimiter.utf8.first
        let needsQuotes = file[start...].contains { byte in
            byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") || byte == delimiter
        }
        guard needsQuotes else { return }
        let field = Array(file[start...])
        file.removeSubrange(start...)
        file.append(UInt8(ascii: "\""))
        for byte in field {
            if byte == UInt8(ascii: "\"") { file.append(byte) }
            file.append(byte)
        }
        file.append(UInt8(ascii: "\""))
    }

    /// A text that a spreadsheet would execute is preceded by an apostrophe: callers choose their own names.
    ///
    /// The characters are OWASP's (https://owasp.org/www-community/attacks/CSV_Injection), including full-width and
    /// small forms, also after blanks and invisible characters. A plus followed only by digits is a telephone number:
    /// as a formula it evaluates to the same number, so it is left alone.
    static func defused(_ text: String) -> String {
        // Nearly all texts begin with a letter or a digit.
        if let first = text.utf8.first, first.isDigit || first.beginsIdentifier { return text }
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
