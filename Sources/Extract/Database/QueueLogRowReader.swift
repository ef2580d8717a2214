import Base
import CallRecords
import MariaDB

/// Turns rows of a queue log table into events.
struct QueueLogRowReader {
    private static let dataFields: [QueueEventField] = [.data1, .data2, .data3, .data4, .data5]

    private let layout: QueueLogTableLayout
    private let origin: String
    private var mender: TextMender
    private let plausible = PlausibleTimes()
    /// Rows read so far.
    private(set) var line: Int64 = 0

    init(layout: QueueLogTableLayout, origin: String, encoding: TextEncoding?) {
        self.layout = layout
        self.origin = origin
        mender = TextMender(encoding: encoding)
    }

    /// The changes made to texts so far.
    var texts: TextNotes { TextNotes(mender) }

    /// Adds the row's event to the batch, or the row to the rejects.
    mutating func read(_ row: borrowing Row, into batch: inout QueueEventBatch, rejects: inout [RejectedRecord]) {
        line += 1
        do throws(RecordDefect) {
            batch.append(time: try time(of: row), line: line)
        } catch {
            let count = 1 + layout.fields.count + (layout.joinedData == nil ? 0 : 1)
            rejects.append(RejectedRecord(defect: error, origin: origin, line: line, bytes: row.tabSeparated(count)))
            return
        }
        var hasData = false
        for (index, entry) in layout.fields.enumerated() {
            guard let cell = row[index + 1], !cell.isEmpty else { continue }
            if entry.field.rawValue >= QueueEventField.data1.rawValue { hasData = true }
            set(entry.field, cell, in: &batch)
        }
        // Tables whose data was joined at first and split later have both columns, and use the one that was current at
        // the time.
        if !hasData, layout.joinedData != nil, let cell = row[layout.fields.count + 1] {
            split(cell, into: &batch)
        }
    }

    private func time(of row: borrowing Row) throws(RecordDefect) -> RawTime {
        guard let time = RawTime(cell: row[0]), time != .none else {
            throw RecordDefect(.time, "\(layout.time.column.name) is not a time such as 2026-11-22 23:17:09.")
        }
        guard plausible.contains(time) else {
            throw RecordDefect(.time, "\(layout.time.column.name) \(PlausibleTimes.defect)")
        }
        let event = layout.fields.firstIndex { $0.field == .event }
        guard let event, let cell = row[event + 1], !cell.isEmpty else {
            throw RecordDefect(.event, "The row has no event.")
        }
        return time
    }

    private mutating func set(_ field: QueueEventField, _ cell: UnsafeRawBufferPointer, in batch: inout QueueEventBatch)
    {
        let text = cell.assumingMemoryBound(to: UInt8.self)
        if TextMender.isSuspicious(text) {
            mender.withMended(text) { batch.set(field, $0) }
        } else {
            batch.set(field, text)
        }
    }

    /// `12|60|1` is data1 to data3; the fifth field keeps the bars that follow, as in the file.
    private mutating func split(_ cell: UnsafeRawBufferPointer, into batch: inout QueueEventBatch) {
        var rest = cell[...]
        for field in Self.dataFields {
            let end = field == .data5 ? rest.endIndex : rest.firstIndex(of: UInt8(ascii: "|")) ?? rest.endIndex
            if end > rest.startIndex {
                set(field, UnsafeRawBufferPointer(rebasing: rest[rest.startIndex..<end]), in: &batch)
            }
            guard end < rest.endIndex else { return }
            rest = rest[(end + 1)...]
        }
    }
}
