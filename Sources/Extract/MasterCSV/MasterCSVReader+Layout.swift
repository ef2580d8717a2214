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
        let sample = sample(bytes, from: position, limit: Self.sampleRecords)
        if sample.count < Self.sampleRecords, bytes.count - position < Self.sampleBytes, !atEnd { return false }
        guard let first = sample.first else {
            if bytes.count - position < Self.sampleBytes { return false }
            throw ExtractError(
                .unknownLayout,
                "\(path) is no CSV file: there is not one whole record in its first 2 MB."
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
        let byColumns = Dictionary(grouping: sample, by: \.count)
        guard let most = byColumns.max(by: { ($0.value.count, $0.key) < ($1.value.count, $1.key) }) else {
            return false
        }
        switch LayoutDetector.detect(most.value) {
        case .layout(let layout): use(layout)
        case .ambiguous(let choices):
            let names = choices.map { "--layout \($0.name)" }.joined(separator: " or ")
            throw ExtractError(
                .ambiguousLayout,
                "\(path) has \(most.key) columns, which more than one layout has, and the content does not tell them apart."
                    + " Say which it is: \(names)."
            )
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
        let records = sample(window, from: start, limit: Self.sampleOfNewLayout)
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

    private mutating func use(_ layout: MasterCSVLayout) {
        decoder = CDRRecordDecoder(layout: layout)
        if notes.layouts.last != layout { notes.layouts.append(layout) }
    }

    /// The fields of the next whole records; lines that cannot be cut are passed over.
    private mutating func sample(
        _ bytes: UnsafeBufferPointer<UInt8>,
        from start: Int,
        limit: Int
    ) -> [LayoutDetector.Sample] {
        var samples: [LayoutDetector.Sample] = []
        var position = start
        while samples.count < limit {
            switch scanner.scan(bytes, from: position) {
            case .record(let next):
                if !scanner.isEmptyLine { samples.append(scanner.fields.map { Array(bytes[$0.start..<$0.end]) }) }
                position = next
            case .malformed:
                guard let newline = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else { return samples }
                position = newline + 1
            case .incomplete:
                return samples
            }
        }
        return samples
    }
}
