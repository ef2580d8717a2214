import Base
import CallRecords

/// Converts the fields of one CSV record to a CDR, according to a layout.
struct CDRRecordDecoder {
    let layout: MasterCSVLayout
    /// The order of days and months in dates with slashes.
    private let dates: DateOrder
    private let present: CDRFieldSet
    private let plausible = PlausibleTimes()

    init(layout: MasterCSVLayout, dates: DateOrder = .auto) {
        self.layout = layout
        self.dates = dates
        present = layout.present
    }

    /// Reads the typed columns of a record.
    ///
    /// - Throws: ``RecordDefect`` with the column's name and position, never with the field's content.
    func header(
        _ fields: [CSVScanner.Field],
        in bytes: UnsafeBufferPointer<UInt8>,
        line: Int64
    ) throws(RecordDefect) -> CDRHeader {
        guard fields.count == layout.columns.count else {
            throw RecordDefect(
                .columns,
                "The record has \(fields.count) columns where its file has \(layout.columns.count)."
            )
        }
        var header = CDRHeader()
        header.present = present
        header.line = line
        var hasLinkedID = true
        for (index, column) in layout.columns.enumerated() {
            let text = UnsafeBufferPointer(rebasing: bytes[fields[index].start..<fields[index].end])
            switch column {
            case .text(.linkedid): hasLinkedID = !text.isEmpty
            case .text, .ignored: continue
            case .start:
                // A table may have calldate and start, but use only one of them.
                if header.start == .none { header.start = try time(text, "start", index) }
            case .answer: header.answer = try time(text, "answer", index)
            case .end: header.end = try time(text, "end", index)
            case .duration: header.duration = try seconds(text, "duration", index)
            case .billsec: header.billsec = try seconds(text, "billsec", index)
            case .amaflags:
                guard let flags = AMAFlags(parsing: text) else {
                    throw RecordDefect(.number, "Column \(index + 1) (amaflags) is neither a flag's name nor a number.")
                }
                header.amaflags = flags.value
            case .sequence:
                if text.isEmpty { continue }
                var cursor = ByteCursor(text)
                guard let number = cursor.digits(1...10), cursor.isAtEnd, let sequence = Int32(exactly: number) else {
                    throw RecordDefect(.number, "Column \(index + 1) (sequence) is not a number.")
                }
                header.sequence = sequence
            }
        }
        try checkTime(of: header)
        // In a dump of FreePBX's table, rows older than these columns have '' and 0 in them.
        if !hasLinkedID, header.sequence == 0 { header.sequence = nil }
        return header
    }

    /// A record needs a plausible time: its start, or values from which the start follows.
    private func checkTime(of header: CDRHeader) throws(RecordDefect) {
        let column: (name: MasterCSVLayout.Column, time: RawTime) =
            if header.start != .none {
                (.start, header.start)
            } else if layout.columns.contains(.start) {
                (.start, .none)
            } else if header.end != .none, header.duration != nil {
                (.end, header.end)
            } else {
                (.answer, header.answer)
            }
        guard column.time != .none, plausible.contains(column.time) else {
            let place = "Column \((layout.columns.firstIndex(of: column.name) ?? 0) + 1) (\(column.name.name))"
            let defect = column.time == .none ? "is empty: the call has no time." : PlausibleTimes.defect
            throw RecordDefect(.time, "\(place) \(defect)")
        }
    }

    private func time(
        _ text: UnsafeBufferPointer<UInt8>,
        _ name: StaticString,
        _ index: Int
    ) throws(RecordDefect) -> RawTime {
        guard let time = RawTime(parsing: text, order: dates) else {
            if dates == .auto, case .either = DateOrder.evidence(of: text) {
                throw RecordDefect(
                    .time,
                    "Column \(index + 1) (\(name)) does not tell the day from the month: set date_order in the configuration."
                )
            }
            throw RecordDefect(.time, "Column \(index + 1) (\(name)) is not a time such as 2026-11-22 23:17:09.")
        }
        return time
    }

    private func seconds(
        _ text: UnsafeBufferPointer<UInt8>,
        _ name: StaticString,
        _ index: Int
    ) throws(RecordDefect) -> Int32? {
        guard let length = LoggedLength(parsing: text) else {
            throw RecordDefect(.number, "Column \(index + 1) (\(name)) is not a number of seconds.")
        }
        return length.seconds
    }
}
