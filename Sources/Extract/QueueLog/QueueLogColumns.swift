import CallRecords

/// A queue_log in a form other than the PBX's file: a dump of its table, with or without a header line, with commas,
/// semicolons, tabs or bars; or a file in which somebody replaced the bars.
struct QueueLogColumns {
    let delimiter: UInt8
    /// The cell of the time.
    let time: Int
    /// The cells of the fields, by their raw value.
    let fields: [Int?]
    /// The cell with data joined by bars.
    let joinedData: Int?
    /// Whether the first line is a header.
    let hasHeader: Bool

    /// `nil` for the PBX's own form, and if the first lines are not queue events.
    init?(beginning bytes: UnsafeBufferPointer<UInt8>) {
        guard let newline = bytes.firstIndex(of: UInt8(ascii: "\n")), newline <= QueueLogReader.longestLine else {
            return nil
        }
        let lines = UnsafeBufferPointer(rebasing: bytes[...newline])
        for delimiter in Delimiter.candidates {
            var scanner = CSVScanner(delimiter: delimiter)
            guard scanner.end(of: lines, from: 0) != nil, scanner.fields.count >= 5 else { continue }
            let cells = scanner.fields.map { UnsafeBufferPointer(rebasing: lines[$0.start..<$0.end]) }
            if let columns = Self(header: cells, delimiter) ?? Self(row: cells, delimiter) {
                self = columns
                return
            }
        }
        return nil
    }

    private init(delimiter: UInt8, time: Int, fields: [Int?], joinedData: Int?, hasHeader: Bool) {
        (self.delimiter, self.time, self.fields) = (delimiter, time, fields)
        (self.joinedData, self.hasHeader) = (joinedData, hasHeader)
    }

    private init?(header cells: [UnsafeBufferPointer<UInt8>], _ delimiter: UInt8) {
        let names = cells.map { String(decoding: $0, as: UTF8.self).lowercased().trimmingBlanks() }
        guard let time = QueueLogTableLayout.timeNames.lazy.compactMap(names.firstIndex(of:)).first else { return nil }
        let fields = QueueLogTableLayout.names.map { $0.names.lazy.compactMap(names.firstIndex(of:)).first }
        guard zip(QueueLogTableLayout.names, fields).allSatisfy({ !$0.isNeeded || $1 != nil }) else { return nil }
        self.init(
            delimiter: delimiter,
            time: time,
            fields: fields,
            joinedData: names.firstIndex(of: "data"),
            hasHeader: true
        )
    }

    /// A row: an optional id, then the time, the callid, the queue, the agent, one of Asterisk's events, and data.
    private init?(row cells: [UnsafeBufferPointer<UInt8>], _ delimiter: UInt8) {
        for time in 0...1 where cells.count > time + 4 {
            guard let at = RawTime(parsing: cells[time]), at != .none,
                Self.isEvent(String(decoding: cells[time + 4], as: UTF8.self))
            else { continue }
            // The PBX's own lines are not quoted.
            if time == 0, delimiter == UInt8(ascii: "|"), case .instant = at { return nil }
            self.init(
                delimiter: delimiter,
                time: time,
                fields: (0..<QueueEventField.count).map { time + 1 + $0 < cells.count ? time + 1 + $0 : nil },
                joinedData: nil,
                hasHeader: false
            )
            return
        }
        return nil
    }

    private static func isEvent(_ name: String) -> Bool {
        QueueEvent.Kind(rawValue: name) != nil
            || ["CONFIGRELOAD", "DID", "INFO", "PENALTY", "RINGINUSE"].contains(name)
    }

    /// Adds the event on a line, which ends with its line feed, to the batch.
    func decode(
        _ bytes: UnsafeBufferPointer<UInt8>,
        line: Int64,
        mender: inout TextMender,
        into batch: inout QueueEventBatch
    ) throws(RecordDefect) {
        var scanner = CSVScanner(delimiter: delimiter)
        guard scanner.end(of: bytes, from: 0) != nil else {
            throw RecordDefect(.quoting, "A quote is in the wrong place.")
        }
        func cell(_ index: Int?) -> [UInt8] {
            guard let index, index < scanner.fields.count else { return [] }
            let field = scanner.fields[index]
            var text: [UInt8] = []
            CSVScanner.unescape(UnsafeBufferPointer(rebasing: bytes[field.start..<field.end]), into: &text)
            return field.hasDoubledQuote ? text : Array(bytes[field.start..<field.end])
        }
        guard let at = cell(time).withUnsafeBufferPointer({ RawTime(parsing: $0) }), at != .none else {
            throw RecordDefect(.time, "Column \(time + 1) is not the time of an event.")
        }
        guard !cell(fields[QueueEventField.event.rawValue]).isEmpty else {
            throw RecordDefect(.event, "The row has no event.")
        }
        batch.append(time: at, line: line)
        var hasData = false
        for field in QueueEventField.allCases {
            let text = cell(fields[field.rawValue])
            if text.isEmpty { continue }
            if field.rawValue >= QueueEventField.data1.rawValue { hasData = true }
            text.withUnsafeBufferPointer { text in mender.withMended(text) { batch.set(field, $0) } }
        }
        if hasData || joinedData == nil { return }
        var rest = cell(joinedData)[...]
        for field in [QueueEventField.data1, .data2, .data3, .data4, .data5] {
            let end = field == .data5 ? nil : rest.firstIndex(of: UInt8(ascii: "|"))
            Array(rest[..<(end ?? rest.endIndex)]).withUnsafeBufferPointer { text in
                mender.withMended(text) { batch.set(field, $0) }
            }
            guard let end else { return }
            rest = rest[(end + 1)...]
        }
    }
}
