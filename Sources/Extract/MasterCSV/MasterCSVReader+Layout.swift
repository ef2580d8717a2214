internal import CallRecords

extension MasterCSVReader {
    /// Records that are enough to tell a layout.
    private static let sampleRecords = 500
    /// Bytes that are enough to see that there are not so many.
    private static let sampleBytes = 2 << 20

    /// Tells the layout from the first records. Returns false where more bytes are needed, or there is no record.
    mutating func recogniseLayout(
        _ bytes: UnsafeBufferPointer<UInt8>,
        from position: inout Int
    ) throws(ExtractError) -> Bool {
        let (sample, isTextOfAnotherKind) = sample(bytes, from: position, limit: Self.sampleRecords)
        if sample.count < Self.sampleRecords, bytes.count - position < Self.sampleBytes, !atEnd { return false }
        guard let first = sample.first else {
            if bytes.count - position < Self.sampleBytes, !isTextOfAnotherKind { return false }
            throw ExtractError(
                .unknownLayout,
                "\(path) is no CSV file: there is not one whole record at its beginning."
            )
        }
        if let layout = MasterCSVLayout(header: first.map { String(decoding: $0, as: UTF8.self) }),
            case .record(let next) = scanner.scan(bytes, from: position)
        {
            position = next
            line += 1
            use(layout)
            return true
        }
        // Where half of a small file is broken, what most records have need not be what the good ones have.
        let byColumns = Dictionary(grouping: sample, by: \.count).values.sorted { left, right in
            (left.count, left[0].count) > (right.count, right[0].count)
        }
        let findings = byColumns.map(LayoutDetector.detect)
        switch findings.first(where: { if case .unknown = $0 { false } else { true } }) ?? findings[0] {
        case .layout(let layout): use(layout)
        case .ambiguous(let choices):
            let names = choices.map { "--layout \($0.name)" }.joined(separator: " or ")
            throw ExtractError(
                .ambiguousLayout,
                "\(path) has \(choices[0].columns.count) columns, which more than one layout has, and the content does not tell them apart."
                    + " Say which it is: \(names)."
            )
        case .unknown where FileKind(beginning: UnsafeBufferPointer(rebasing: bytes[position...])) == .queueLog:
            throw ExtractError(.unknownLayout, "\(path) is a queue_log. Read it with --queue-log.")
        case .unknown(let columns):
            throw ExtractError(
                .unknownLayout,
                "\(path) has \(columns) columns that are in no order that Asterisk writes by itself."
                    + " Name them with --layout, for example --layout clid,src,dst,-,start,…; `crm-voip inspect` shows them."
            )
        }
        return true
    }

    /// Records that are enough to tell what the layout has changed to.
    private static let sampleOfNewLayout = 50

    enum ChangeOfLayout { case changed, same, incomplete }

    /// Whether the records from here on have another layout: somebody changed the options in cdr.conf.
    mutating func changeOfLayout(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> ChangeOfLayout {
        let limit = Self.longestRecord * Self.recordsOfNewLayout
        let window = UnsafeBufferPointer(rebasing: bytes[..<min(bytes.count, start + limit)])
        let (records, _) = sample(window, from: start, limit: Self.sampleOfNewLayout)
        guard let first = records.first else { return .same }
        let run = Array(records.prefix { $0.count == first.count })
        if run.count == records.count, run.count < Self.sampleOfNewLayout, !atEnd, window.count - start < limit {
            return .incomplete
        }
        guard run.count >= Self.recordsOfNewLayout, case .layout(let layout) = LayoutDetector.detect(run),
            layout.columns.count != decoder?.layout.columns.count
        else { return .same }
        use(layout)
        return .changed
    }

    mutating func use(_ layout: MasterCSVLayout) {
        decoder = CDRRecordDecoder(layout: layout)
        if !isLayoutUsed, !notes.layouts.isEmpty { notes.layouts.removeLast() }
        if notes.layouts.last != layout { notes.layouts.append(layout) }
        isLayoutUsed = false
    }

    /// The fields of the next whole records, and whether lines that cannot be cut had to be passed over.
    private mutating func sample(
        _ bytes: UnsafeBufferPointer<UInt8>,
        from start: Int,
        limit: Int
    ) -> ([LayoutDetector.Sample], hasMalformed: Bool) {
        var samples: [LayoutDetector.Sample] = []
        var hasMalformed = false
        var position = start
        while samples.count < limit {
            // A quote that is never closed must not hide the records behind it.
            let end = min(bytes.count, position + Self.longestRecord)
            let outcome = scanner.scanUndoubled(UnsafeBufferPointer(rebasing: bytes[..<end]), from: position)
            if outcome == .incomplete, end < position + Self.longestRecord, !atEnd { break }
            switch outcome {
            case .record(let next):
                if !scanner.isEmptyLine { samples.append(scanner.fields.map { Array(bytes[$0.start..<$0.end]) }) }
                position = next
            case .malformed, .incomplete:
                guard let newline = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else {
                    return (samples, hasMalformed)
                }
                hasMalformed = hasMalformed || outcome == .malformed
                position = newline + 1
            }
        }
        return (samples, hasMalformed)
    }
}
