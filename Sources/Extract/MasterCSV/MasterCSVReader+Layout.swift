import Base
import CallRecords

extension MasterCSVReader {
    /// The number of records that suffices to recognise a layout.
    private static let sampleRecords = 500
    /// If this many bytes contain fewer records, they must suffice.
    private static let sampleBytes = 2 << 20

    /// Determines the delimiter and the layout from the first records. Returns false if more bytes are needed, or there
    /// are no records.
    mutating func recogniseLayout(
        _ bytes: UnsafeBufferPointer<UInt8>,
        from position: inout Int
    ) throws(ExtractError) -> Bool {
        var strangest: (delimiter: UInt8, columns: Int) = (UInt8(ascii: ","), 0)
        var ambiguous: [MasterCSVLayout] = []
        var hasMalformed = false
        var hasRecord = false
        var hasOpenDates = false
        let directive = position == 0 ? Delimiter.directive(bytes) : nil
        for delimiter in directive.map({ [$0.delimiter] }) ?? Delimiter.candidates {
            scanner = CSVScanner(delimiter: delimiter)
            let start = directive?.next ?? position
            let (sample, isTextOfAnotherKind) = sample(bytes, from: start, limit: Self.sampleRecords)
            if sample.count < Self.sampleRecords, bytes.count - position < Self.sampleBytes, !atEnd { return false }
            hasMalformed = hasMalformed || isTextOfAnotherKind
            guard let first = sample.first else { continue }
            hasRecord = true
            let fields = first.map { String(decoding: $0, as: UTF8.self) }
            let told = options.dateOrder == .auto ? DateOrder.told(by: sample) : options.dateOrder
            if let layout = MasterCSVLayout(header: fields), let next = scanner.end(of: bytes, from: start) {
                guard let dates = told ?? DateOrder.told(by: sample, columns: layout.timeColumns) else {
                    throw openDates
                }
                self.dates = dates
                line += directive == nil ? 1 : 2
                position = next
                settle(layout)
                return true
            }
            // Either order has the form of a time.
            let finding = Self.finding((told ?? .dayFirst).standardised(sample))
            switch finding {
            case .layout(let layout):
                guard let dates = told ?? DateOrder.told(by: sample, columns: layout.timeColumns) else {
                    hasOpenDates = true
                    continue
                }
                self.dates = dates
                if let directive { (position, line) = (directive.next, line + 1) }
                settle(layout)
                return true
            case .ambiguous(let choices): ambiguous = choices
            case .unknown(let columns) where columns > strangest.columns: strangest = (delimiter, columns)
            case .unknown: continue
            }
        }
        if !hasRecord, bytes.count - position < Self.sampleBytes, !hasMalformed { return false }
        if hasOpenDates { throw openDates }
        throw unknown(bytes[position...], ambiguous, strangest, hasRecord: hasRecord)
    }

    private mutating func settle(_ layout: MasterCSVLayout) {
        isDelimiterKnown = true
        notes.furtherColumns = layout.name == "header" ? 0 : layout.name.split(separator: ",").count - 1
        use(layout)
    }

    /// If half of a small file is broken, the majority of the records may not show what the good ones have.
    private static func finding(_ sample: [LayoutDetector.Sample]) -> LayoutDetector.Finding {
        let byColumns = Dictionary(grouping: sample, by: \.count).values.sorted { left, right in
            (left.count, left[0].count) > (right.count, right[0].count)
        }
        let findings = byColumns.map(LayoutDetector.detect)
        return findings.first { if case .unknown = $0 { false } else { true } } ?? findings[0]
    }

    /// Finds the delimiter if the layout is stated: the one that gives most records the layout's number of columns.
    mutating func recogniseDelimiter(_ bytes: UnsafeBufferPointer<UInt8>, from position: Int) -> Bool {
        guard let decoder, !isDelimiterKnown else { return true }
        var best = (delimiter: Delimiter.candidates[0], records: 0)
        for delimiter in Delimiter.candidates {
            scanner = CSVScanner(delimiter: delimiter)
            let (sample, _) = sample(bytes, from: position, limit: 20)
            if sample.count < 20, bytes.count - position < Self.longestRecord, !atEnd { return false }
            let records = sample.count { $0.count == decoder.layout.columns.count }
            if records > best.records {
                best = (delimiter, records)
                dates = options.dateOrder == .auto ? DateOrder.told(by: sample) ?? .auto : options.dateOrder
            }
        }
        self.decoder = CDRRecordDecoder(layout: decoder.layout, dates: dates)
        scanner = CSVScanner(delimiter: best.delimiter)
        isDelimiterKnown = true
        return true
    }

    /// The dates of the first records can be read both ways, or contradict each other.
    private var openDates: ExtractError {
        ExtractError(
            .ambiguousLayout,
            "\(path.printable) has dates such as 05/11/2026, and its first records do not tell the day from the"
                + " month."
                + " Set date_order of the PBX in the configuration to dmy or mdy."
        )
    }

    /// Why the file cannot be read, and what can be done about it.
    private func unknown(
        _ bytes: Slice<UnsafeBufferPointer<UInt8>>,
        _ ambiguous: [MasterCSVLayout],
        _ strangest: (delimiter: UInt8, columns: Int),
        hasRecord: Bool
    ) -> ExtractError {
        let name = path.printable
        let beginning = UnsafeBufferPointer(rebasing: bytes)
        if !ambiguous.isEmpty {
            let names = ambiguous.map { "--layout \($0.name)" }.joined(separator: " or ")
            return ExtractError(
                .ambiguousLayout,
                "\(name) has \(ambiguous[0].columns.count) columns, which more than one layout has, and the content does not tell them apart."
                    + " Say which it is: \(names)."
            )
        }
        if FileKind(beginning: beginning) == .queueLog {
            return ExtractError(.unknownLayout, "\(name) is a queue_log. Read it with --queue-log.")
        }
        if let list = ContactColumns.isHeader(of: beginning) {
            return ExtractError(
                .unknownLayout,
                "\(name) is a list of contacts with the columns \(list). Set `csv` in [contacts] to read it."
            )
        }
        guard hasRecord, strangest.columns > 2 else {
            return ExtractError(
                .unknownLayout,
                "\(name) is not a CDR file: its lines have no columns between commas, semicolons, tabs or bars. Name a Master.csv, or"
                    + " export the cdr table as CSV with a header line."
            )
        }
        return ExtractError(
            .unknownLayout,
            "\(name) has \(strangest.columns) columns between \(Delimiter.name(strangest.delimiter)), in no order that Asterisk"
                + " writes by itself and without a header line. Name them with --layout, with - for those that are not CDR fields,"
                + " for example --layout clid,src,dst,-,start,…; `crm-voip inspect` shows them."
        )
    }

    /// The number of records that suffices to recognise a changed layout.
    private static let sampleOfNewLayout = 50

    enum ChangeOfLayout { case changed, same, incomplete }

    /// Whether the records from here on have another layout, because the options in cdr.conf were changed.
    mutating func changeOfLayout(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> ChangeOfLayout {
        let limit = Self.longestRecord * Self.recordsOfNewLayout
        let window = UnsafeBufferPointer(rebasing: bytes[..<min(bytes.count, start + limit)])
        let (records, _) = sample(window, from: start, limit: Self.sampleOfNewLayout)
        guard let first = records.first else { return .same }
        let run = Array(records.prefix { $0.count == first.count })
        if run.count == records.count, run.count < Self.sampleOfNewLayout, !atEnd, window.count - start < limit {
            return .incomplete
        }
        guard run.count >= Self.recordsOfNewLayout,
            case .layout(let layout) = LayoutDetector.detect(dates.standardised(run)),
            layout.columns.count != decoder?.layout.columns.count
        else { return .same }
        use(layout)
        return .changed
    }

    mutating func use(_ layout: MasterCSVLayout) {
        decoder = CDRRecordDecoder(layout: layout, dates: dates)
        if !isLayoutUsed, !notes.layouts.isEmpty { notes.layouts.removeLast() }
        if notes.layouts.last != layout { notes.layouts.append(layout) }
        isLayoutUsed = false
    }

    /// The fields of the next complete records, and whether lines that cannot be split had to be skipped.
    private mutating func sample(
        _ bytes: UnsafeBufferPointer<UInt8>,
        from start: Int,
        limit: Int
    ) -> ([LayoutDetector.Sample], hasMalformed: Bool) {
        var samples: [LayoutDetector.Sample] = []
        var hasMalformed = false
        var position = start
        while samples.count < limit {
            // An unclosed quote must not hide the records after it.
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
