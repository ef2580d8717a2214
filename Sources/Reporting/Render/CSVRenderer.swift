import Base

/// CSV by RFC 4180: a header, CRLF, quotes where they are needed, the decimal point whatever the locale.
public struct CSVRenderer: Sendable {
    /// What stands between cells.
    public var delimiter: Character
    /// Whether a byte order mark comes first, so that spreadsheets read UTF-8.
    public var writesByteOrderMark: Bool
    /// Whether a terminal shows it, so that names must not steer that. A file keeps them as they are.
    public var isForTerminal: Bool

    /// Commas, no mark and a file where nothing else is given.
    public init(delimiter: Character = ",", writesByteOrderMark: Bool = false, isForTerminal: Bool = false) {
        self.delimiter = delimiter
        self.writesByteOrderMark = writesByteOrderMark
        self.isForTerminal = isForTerminal
    }

    /// One report as one file.
    public func render(_ result: ReportResult) -> [UInt8] {
        var text = writesByteOrderMark ? "\u{FEFF}" : ""
        append(result.columns.map(\.name), to: &text)
        for row in result.rows { append(row.map(field), to: &text) }
        return Array(text.utf8)
    }

    /// Any other table as one file: its header and rows of texts, which are made harmless as those of reports are.
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
        case .moment(let moment): moment.description
        case .integer, .tenths: cell.number ?? ""
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
        // Scalars, because CR LF is one character.
        let needsQuotes = field.unicodeScalars.contains { scalar in
            scalar == "\"" || scalar == "\n" || scalar == "\r" || delimiter.unicodeScalars.contains(scalar)
        }
        guard needsQuotes else { return field }
        return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// A text that a spreadsheet would run gets an apostrophe in front: callers choose their names themselves.
    ///
    /// The characters are OWASP's (https://owasp.org/www-community/attacks/CSV_Injection), full-width and small forms
    /// included, also behind blanks and what is not seen. A plus and digits alone is a telephone number: read as a formula
    /// it is that number, so it may stay.
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
