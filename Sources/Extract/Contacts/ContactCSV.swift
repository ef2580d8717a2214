public import Base
public import CallRecords

/// Contacts from a CSV file with a header line, as CRMs and spreadsheets export them.
///
/// The delimiter is a comma, semicolon, tab or vertical bar. The encoding is UTF-8, UTF-16 with a byte order mark, or
/// another one, which is configured or inferred from the letters. The file may be gzipped; `-` is the standard input. A
/// row that is shorter than the header lacks its last cells; empty lines are skipped.
public struct ContactCSV: ContactSource {
    /// The path of the file.
    public let path: String
    /// Rows that contained neither an id nor a phone, or could not be split into cells.
    public private(set) var skippedRows = 0
    /// The columns found by the last reading.
    public private(set) var listing: ContactListing?
    private let encoding: TextEncoding?

    /// A longer row means a quote that was never closed.
    private static let longestRow = 1 << 20
    /// The number of bytes whose letters determine the encoding.
    private static let sample = 1 << 20

    /// The file at a path. The encoding applies to texts that are not UTF-8; if it is `nil`, it is inferred from their
    /// letters.
    public init(path: String, encoding: TextEncoding? = nil) {
        self.path = path
        self.encoding = encoding
    }

    /// Reads the file from its beginning to its end.
    ///
    /// - Throws: ``ExtractError`` if the file cannot be read, has no header with a phone column, or ends inside quotes.
    public mutating func forEachContact(_ body: (ContactRecord) throws -> Void) throws {
        (skippedRows, listing) = (0, nil)
        var input = try BufferedInput(path: path)
        try input.fill(Self.sample)
        var mender = TextMender(encoding: encoding)
        var buffer = input.take()
        try buffer.withUnsafeBufferPointer { bytes throws(ExtractError) in
            mender.learn(bytes)
            let beginning = UnsafeBufferPointer(rebasing: bytes.prefix(Stranger.beginning))
            if let stranger = Stranger(beginning: beginning) {
                throw ExtractError(.unknownTable, stranger.sentence(on: path, wanted: .contacts))
            }
        }
        if input.atEnd { Self.closeLastLine(&buffer) }
        var (columns, scanner, position) = try header(buffer, &mender)
        listing = columns.listing
        while true {
            position = try rows(buffer, from: position, &scanner, &mender, columns, body)
            if input.atEnd { break }
            input.giveBack(buffer, used: position)
            buffer = []
            try input.refill()
            buffer = input.take()
            position = 0
            if input.atEnd { Self.closeLastLine(&buffer) }
        }
        listing?.guessedEncoding = mender.guessed
        if position < buffer.count, buffer[position...] != [UInt8(ascii: "\n")] {
            throw ExtractError(
                .unreadable,
                "\(path.printable) ends inside a quoted cell: the file is truncated or a quote is missing."
            )
        }
    }

    /// The last line of a spreadsheet's export often lacks a line end.
    private static func closeLastLine(_ buffer: inout [UInt8]) {
        if buffer.last != UInt8(ascii: "\n") { buffer.append(UInt8(ascii: "\n")) }
    }

    /// Splits the header by the delimiter that yields the most columns, and finds the columns.
    private func header(
        _ buffer: [UInt8],
        _ mender: inout TextMender
    ) throws(ExtractError) -> (ContactColumns, CSVScanner, next: Int) {
        var best: (names: [String], scanner: CSVScanner, next: Int, columns: ContactColumns?)?
        let directive = buffer.withUnsafeBufferPointer { Delimiter.directive($0) }
        for delimiter in directive.map({ [$0.delimiter] }) ?? Delimiter.candidates {
            var scanner = CSVScanner(delimiter: delimiter)
            let found: (names: [String], next: Int)? = buffer.withUnsafeBufferPointer { bytes in
                let window = UnsafeBufferPointer(rebasing: bytes.prefix(Self.longestRow))
                var start = directive?.next ?? 0
                while start < window.count, window[start] == UInt8(ascii: "\n") || window[start] == UInt8(ascii: "\r") {
                    start += 1
                }
                guard let next = scanner.end(of: window, from: start) else { return nil }
                return (scanner.fields.map { Self.cell($0, of: bytes, &mender) }, next)
            }
            guard let found else { continue }
            let columns = try? ContactColumns(names: found.names, source: path)
            // A list with one column has no delimiter; a comma inside its heading is not one.
            let isBetter = best.map { best in
                (columns == nil ? 0 : 1, found.names.count) > (best.columns == nil ? 0 : 1, best.names.count)
            }
            if isBetter ?? true { best = (found.names, scanner, found.next, columns) }
        }
        guard let best else {
            throw ExtractError(
                .unknownTable,
                "\(path.printable) has no header line. Its first line must name the columns, such as kind, id, name, phone, owner."
            )
        }
        if let columns = best.columns { return (columns, best.scanner, best.next) }
        return (try ContactColumns(names: best.names, source: path), best.scanner, best.next)
    }

    /// Reads the complete rows and returns where the first incomplete one begins.
    private mutating func rows(
        _ buffer: [UInt8],
        from start: Int,
        _ scanner: inout CSVScanner,
        _ mender: inout TextMender,
        _ columns: ContactColumns,
        _ body: (ContactRecord) throws -> Void
    ) throws -> Int {
        try buffer.withUnsafeBufferPointer { bytes in
            var position = start
            while position < bytes.count {
                switch scanner.scanUndoubled(bytes, from: position) {
                case .incomplete where bytes.count - position <= Self.longestRow:
                    return position
                case .malformed, .incomplete:
                    // A quote that is never closed costs one line.
                    skippedRows += 1
                    guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else {
                        throw ExtractError(
                            .unreadable,
                            "\(path.printable) has a line that is longer than 1 MiB: it is not a list of contacts."
                        )
                    }
                    position = end + 1
                case .record(let next):
                    position = next
                    let fields = scanner.fields
                    if fields.count == 1, fields[0].start == fields[0].end { continue }
                    let record = columns.record { column in
                        column < fields.count ? Self.cell(fields[column], of: bytes, &mender) : nil
                    }
                    if let record { try body(record) } else { skippedRows += 1 }
                }
            }
            return position
        }
    }

    /// A cell's text without doubled quotes and surrounding blanks.
    private static func cell(
        _ field: CSVScanner.Field,
        of bytes: UnsafeBufferPointer<UInt8>,
        _ mender: inout TextMender
    ) -> String {
        var (start, end) = (field.start, field.end)
        while start < end, bytes[start] <= UInt8(ascii: " ") { start += 1 }
        while start < end, bytes[end - 1] <= UInt8(ascii: " ") { end -= 1 }
        let slice = UnsafeBufferPointer(rebasing: bytes[start..<end])
        let text =
            TextMender.isSuspicious(slice)
            ? mender.withMended(slice) { String(decoding: $0, as: UTF8.self) } : String(decoding: slice, as: UTF8.self)
        guard field.hasDoubledQuote else { return text }
        var result = ""
        var pending = false
        for character in text.unicodeScalars {
            if character == "\"", !pending {
                pending = true
                continue
            }
            pending = false
            result.unicodeScalars.append(character)
        }
        return result
    }
}
