/// Splits CSV bytes into records and fields (RFC 4180), without copying and without I/O.
///
/// A record ends at a line feed outside quotes, with or without a carriage return before it. Bytes that end inside a
/// record are incomplete, not invalid: the same position is scanned again when more bytes are available.
struct CSVScanner {
    /// A field inside the scanned bytes, without its quotes.
    struct Field {
        var start: Int
        var end: Int
        /// Whether it contains a doubled quote, so that the text must be unescaped.
        var hasDoubledQuote = false
        var isQuoted = false
    }

    enum Outcome: Equatable {
        /// A complete record; the next one begins at this index.
        case record(next: Int)
        /// The bytes end before the record does.
        case incomplete
        /// A quote is in a place where it is not allowed.
        case malformed
    }

    /// The fields of the last record.
    private(set) var fields: [Field] = []
    /// Whether the last record could be read only because quotes need not be doubled.
    private(set) var isUndoubled = false
    /// What separates fields: the comma of Master.csv, or the semicolon or tab of a spreadsheet's export.
    let delimiter: UInt8

    init(delimiter: UInt8 = UInt8(ascii: ",")) { self.delimiter = delimiter }

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// Scans the record that begins at an index.
    mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Outcome {
        fields.removeAll(keepingCapacity: true)
        var index = start
        while index < bytes.count {
            var field = Field(start: index, end: index)
            if bytes[index] == Self.quote {
                index += 1
                field.start = index
                field.isQuoted = true
                while true {
                    while index < bytes.count, bytes[index] != Self.quote { index += 1 }
                    guard index + 1 < bytes.count else { return .incomplete }
                    guard bytes[index + 1] == Self.quote else { break }
                    field.hasDoubledQuote = true
                    index += 2
                }
                field.end = index
                index += 1
            } else {
                while index < bytes.count, bytes[index] != delimiter, bytes[index] != Self.lineFeed { index += 1 }
                guard index < bytes.count else { return .incomplete }
                field.end = index
                if bytes[index] == Self.lineFeed, index > field.start, bytes[index - 1] == Self.carriageReturn {
                    field.end -= 1
                }
                Self.emptyIfNull(&field, bytes)
            }
            fields.append(field)
            switch bytes[index] {
            case delimiter:
                index += 1
            case Self.lineFeed:
                return .record(next: index + 1)
            case Self.carriageReturn:
                guard index + 1 < bytes.count else { return .incomplete }
                guard bytes[index + 1] == Self.lineFeed else { return .malformed }
                return .record(next: index + 2)
            default:
                return .malformed
            }
        }
        return .incomplete
    }

    /// `NULL`, `(NULL)` and `\\N` without quotes: how table dumps write the absence of a value.
    private static func emptyIfNull(_ field: inout Field, _ bytes: UnsafeBufferPointer<UInt8>) {
        guard 2...6 ~= field.end - field.start else { return }
        let text = bytes[field.start..<field.end]
        if text.elementsEqual("NULL".utf8) || text.elementsEqual("\\N".utf8) || text.elementsEqual("(NULL)".utf8) {
            field.end = field.start
        }
    }

    /// Scans the record that begins at an index. If it has a misplaced quote, its line is scanned again as `cdr_custom`
    /// writes it with a mapping such as `"${CDR(clid)}","${CDR(src)}"`: quotes inside are not doubled, so a quote
    /// closes a field only if the field ends after it.
    mutating func scanUndoubled(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Outcome {
        let outcome = scan(bytes, from: start)
        isUndoubled = outcome == .malformed && cutLine(bytes, from: start)
        guard isUndoubled, let last = bytes[start...].firstIndex(of: Self.lineFeed) else { return outcome }
        return .record(next: last + 1)
    }

    /// Splits a line into fields; false if that is impossible. If bars, tabs or semicolons separate the fields, an
    /// unpaired quote is an ordinary character: `mysql --batch` writes `"Ann" <101>` unchanged. Quotes inside a field
    /// come in pairs, for example around a name: a single one results from a torn record after which the next one
    /// begins in the middle of the line.
    private mutating func cutLine(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
        guard var end = bytes[start...].firstIndex(of: Self.lineFeed) else { return false }
        if end > start, bytes[end - 1] == Self.carriageReturn { end -= 1 }
        fields.removeAll(keepingCapacity: true)
        var index = start
        while true {
            let isQuoted = index < end && bytes[index] == Self.quote
            var field = Field(start: isQuoted ? index + 1 : index, end: end, isQuoted: isQuoted)
            index = field.start
            var quotes = 0
            while index < end {
                let isQuote = bytes[index] == Self.quote
                if isQuoted, isQuote, index + 1 == end || bytes[index + 1] == delimiter { break }
                if !isQuoted, bytes[index] == delimiter { break }
                if isQuote { quotes += 1 }
                index += 1
            }
            if isQuoted, index == end, delimiter != UInt8(ascii: ",") {
                field = Field(start: field.start - 1, end: end)
                index = bytes[field.start..<end].firstIndex(of: delimiter) ?? end
                field.end = index
                fields.append(field)
                if index == end { return true }
                index += 1
                continue
            }
            guard quotes.isMultiple(of: 2), !isQuoted || index < end else { return false }
            field.end = index
            if !isQuoted { Self.emptyIfNull(&field, bytes) }
            fields.append(field)
            if isQuoted { index += 1 }
            if index == end { return true }
            index += 1
        }
    }

    /// Where the record after the one at an index begins; `nil` if that one is incomplete.
    mutating func end(of bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        if case .record(let next) = scanUndoubled(bytes, from: start) { next } else { nil }
    }

    /// Whether the last record is an empty line.
    var isEmptyLine: Bool { fields.count == 1 && fields[0].start == fields[0].end && !fields[0].isQuoted }

    /// Appends a field's text, with every doubled quote replaced by a single one.
    static func unescape(_ text: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) {
        var isPending = false
        for byte in text {
            isPending = byte == quote && !isPending
            if !isPending { out.append(byte) }
        }
    }
}
