import Base
import CallRecords
import MariaDB

/// Turns rows of a CDR table into records.
struct CDRRowReader {
    private let layout: CDRTableLayout
    private let origin: String
    private var mender: TextMender
    private let plausible = PlausibleTimes()
    /// Rows read so far.
    private(set) var line: Int64 = 0
    /// Rows so far in which uniqueid or linkedid fills its column.
    private(set) var cutNames = 0

    init(layout: CDRTableLayout, origin: String, encoding: TextEncoding?) {
        self.layout = layout
        self.origin = origin
        mender = TextMender(encoding: encoding)
    }

    /// The changes made to texts so far.
    var texts: TextNotes { TextNotes(mender) }

    /// Adds the row's record to the batch, or the row to the rejects.
    mutating func read(_ row: borrowing Row, into batch: inout CDRBatch, rejects: inout [RejectedRecord]) {
        line += 1
        do throws(RecordDefect) {
            let header = try header(of: row)
            if header.cut.contains(.uniqueid) || header.cut.contains(.linkedid) { cutNames += 1 }
            batch.append(header)
        } catch {
            let cells = row.tabSeparated(layout.expressions.count)
            rejects.append(RejectedRecord(defect: error, origin: origin, line: line, bytes: cells))
            return
        }
        for index in layout.texts.indices {
            guard let cell = row[layout.firstText + index], !cell.isEmpty else { continue }
            let text = cell.assumingMemoryBound(to: UInt8.self)
            let field = layout.texts[index].field
            if TextMender.isSuspicious(text) {
                mender.withMended(text) { batch.set(field, $0) }
            } else {
                batch.set(field, text)
            }
        }
    }

    private func header(of row: borrowing Row) throws(RecordDefect) -> CDRHeader {
        var header = CDRHeader()
        header.present = layout.present
        header.line = line
        for index in layout.values.indices {
            let cell = row[index]
            switch layout.values[index] {
            case .start: header.start = try start(cell)
            // The leg took place even if its answer is not a date in any calendar.
            case .answer: header.answer = RawTime(cell: cell) ?? .none
            case .end: header.end = RawTime(cell: cell) ?? .none
            case .duration: header.duration = try seconds(cell, "duration")
            case .billsec: header.billsec = try seconds(cell, "billsec")
            case .amaflags:
                header.amaflags = cell.flatMap { AMAFlags(parsing: $0.assumingMemoryBound(to: UInt8.self))?.value }
            case .sequence: header.sequence = cell.flatMap { Int32(exactlyParsing: $0) }
            }
        }
        // FreePBX added linkedid and sequence to tables in use, as '' and 0: such a row has no sequence.
        if header.sequence == 0, let linkedid = layout.linkedid, row[linkedid]?.isEmpty ?? true {
            header.sequence = nil
        }
        for index in layout.texts.indices {
            guard let cell = row[layout.firstText + index] else { continue }
            if layout.texts[index].column.isFilled(by: cell) { header.cut.insert(layout.texts[index].field) }
        }
        return header
    }

    private func start(_ cell: UnsafeRawBufferPointer?) throws(RecordDefect) -> RawTime {
        guard let time = RawTime(cell: cell) else {
            throw RecordDefect(.time, "\(layout.time.column.name) is not a time such as 2026-11-22 23:17:09.")
        }
        guard time != .none else {
            throw RecordDefect(.time, "\(layout.time.column.name) is empty or the zero date: the call has no time.")
        }
        guard plausible.contains(time) else {
            throw RecordDefect(.time, "\(layout.time.column.name) \(PlausibleTimes.defect)")
        }
        return time
    }

    private func seconds(_ cell: UnsafeRawBufferPointer?, _ name: StaticString) throws(RecordDefect) -> Int32? {
        guard let length = LoggedLength(parsing: cell?.assumingMemoryBound(to: UInt8.self)) else {
            throw RecordDefect(.number, "\(name) is not a number of seconds.")
        }
        return length.seconds
    }
}
