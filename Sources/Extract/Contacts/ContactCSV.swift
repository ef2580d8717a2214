public import Base
public import CallRecords

/// Contacts from a CSV file with a header line, as CRMs and spreadsheets export them.
///
/// Comma, semicolon or tab, whichever the header has most of; UTF-8 with or without a byte order mark, or the
/// configured encoding; plain or gzipped; `-` is the standard input. A row that is shorter than the header lacks its
/// last cells; an empty line is passed over.
public struct ContactCSV: ContactSource {
    /// Where it is.
    public let path: String
    /// Rows that held neither an id nor a phone, or could not be cut into cells.
    public private(set) var skippedRows = 0
    private let encoding: TextEncoding

    private static let pieceSize = 1 << 20
    /// A row longer than this is a quote that was never closed.
    private static let longestRow = 1 << 20

    /// The file at a path; the encoding is that of texts that are not UTF-8.
    public init(path: String, encoding: TextEncoding = .latin1) {
        self.path = path
        self.encoding = encoding
    }

    /// Reads the file from its beginning to its end.
    ///
    /// - Throws: ``ExtractError`` where the file cannot be read, has no header that names phones, or ends inside quotes.
    public mutating func forEachContact(_ body: (ContactRecord) throws -> Void) throws {
        skippedRows = 0
        let file = try InputFile(path: path)
        var mender = TextMender(encoding: encoding)
        var buffer: [UInt8] = []
        var isAtEnd = false
        var columns: ContactColumns?
        var scanner = CSVScanner()

        while !isAtEnd {
            if try file.read(upTo: Self.pieceSize, into: &buffer) == 0 {
                isAtEnd = true
                // The last line of a spreadsheet's export often has no line end.
                if buffer.last != UInt8(ascii: "\n") { buffer.append(UInt8(ascii: "\n")) }
            }
            var position = 0
            if columns == nil {
                guard isAtEnd || buffer.contains(UInt8(ascii: "\n")) else { continue }
                position = buffer.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
                scanner = CSVScanner(delimiter: Self.delimiter(buffer[position...]))
                let names: [String]
                (names, position) = try header(buffer, from: position, &scanner, &mender)
                columns = try ContactColumns(names: names, source: path)
            }
            guard let columns else { continue }
            position = try rows(buffer, from: position, &scanner, &mender, columns, body)
            if isAtEnd, position < buffer.count, buffer[position...] != [UInt8(ascii: "\n")] {
                throw ExtractError(
                    .unreadable,
                    "\(path) ends inside a quoted cell: the file is cut or a quote is missing."
                )
            }
            guard buffer.count - position <= Self.longestRow else {
                throw ExtractError(.unreadable, "A row of \(path) is longer than 1 MiB: a quote is not closed.")
            }
            buffer.removeFirst(position)
        }
    }

    private func header(
        _ buffer: [UInt8],
        from start: Int,
        _ scanner: inout CSVScanner,
        _ mender: inout TextMender
    ) throws(ExtractError) -> (names: [String], next: Int) {
        let names: [String]? = buffer.withUnsafeBufferPointer { bytes in
            guard case .record = scanner.scan(bytes, from: start) else { return nil }
            return scanner.fields.map { Self.cell($0, of: bytes, &mender) }
        }
        guard let names, case .record(let next) = buffer.withUnsafeBufferPointer({ scanner.scan($0, from: start) })
        else {
            throw ExtractError(.unknownTable, "\(path) has no header line. Expected is: kind,id,name,phone,owner.")
        }
        return (names, next)
    }

    /// Reads the whole rows and tells where the first unfinished one begins.
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
                switch scanner.scan(bytes, from: position) {
                case .incomplete:
                    return position
                case .malformed:
                    skippedRows += 1
                    let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n"))
                    guard let end else { return position }
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

    /// Whichever of comma, semicolon and tab the first line has most of.
    private static func delimiter(_ text: ArraySlice<UInt8>) -> UInt8 {
        let line = text.prefix { $0 != UInt8(ascii: "\n") }
        let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
        func count(_ delimiter: UInt8) -> Int { line.count { $0 == delimiter } }
        return candidates.max { count($0) < count($1) } ?? candidates[0]
    }

    /// A cell's text without doubled quotes and the blanks around it.
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
