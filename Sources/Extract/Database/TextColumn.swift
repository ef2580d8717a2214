import MariaDB

/// How a text column is queried, so that the result is UTF-8.
///
/// The server converts every character set but one. A column declared latin1 may contain anything: for a long time,
/// UTF-8 was written to latin1 tables over latin1 connections, and a conversion would garble every name. So latin1
/// columns are sent as stored. Their texts are read as UTF-8 if they are valid, and in the PBX's configured encoding
/// otherwise.
struct TextColumn: Sendable {
    let column: TableShape.Column
    /// Whether each byte in the table arrives as one byte and counts as one character of the column.
    private let hasSingleBytes: Bool

    init(_ column: TableShape.Column) {
        self.column = column
        hasSingleBytes = column.charset == "latin1" || column.isBinary
    }

    /// The expression to select.
    var selected: String {
        let name = Connection.identifier(column.name)
        return switch column.charset {
        case nil, "latin1", "ascii", "utf8", "utf8mb3", "utf8mb4": name
        default: "CONVERT(\(name) USING utf8mb4)"
        }
    }

    /// Whether a text fills the column, so that the server may have cut off its end.
    func isFilled(by text: UnsafeRawBufferPointer) -> Bool {
        guard let characters = column.characters, text.count >= characters else { return false }
        guard !hasSingleBytes else { return true }
        return text.count(where: { $0 & 0xC0 != 0x80 }) >= characters
    }
}
