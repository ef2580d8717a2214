internal import CallRecords
internal import MariaDB

/// Turns rows of a CDR table into records.
struct CDRRowReader {
    private let layout: CDRTableLayout
    private let origin: String
    /// Rows read so far.
    private(set) var line: Int64
    private var scratch: [UInt8] = []

    init(layout: CDRTableLayout, origin: String, line: Int64) {
        self.layout = layout
        self.origin = origin
        self.line = line
    }

    /// Adds the row's record to the batch, or the row to the rejects.
    mutating func read(_ row: borrowing Row, into batch: inout CDRBatch, rejects: inout [RejectedRecord]) {
        line += 1
        do throws(RecordDefect) {
            var header = try header(of: row)
            for (index, target) in layout.targets.enumerated() {
                guard case .text(let field, let column) = target, let cell = row[index] else { continue }
                if column.isFilled(by: cell) { header.cut.insert(field) }
            }
            batch.append(header)
        } catch {
            rejects.append(
                RejectedRecord(
                    defect: error,
                    origin: origin,
                    line: line,
                    bytes: row.tabSeparated(layout.targets.count)
                )
            )
            return
        }
        for (index, target) in layout.targets.enumerated() {
            guard case .text(let field, let column) = target, let cell = row[index], !cell.isEmpty else { continue }
            if field == .disposition, let name = Disposition.name(ofStored: cell) {
                name.withUTF8Buffer { batch.set(field, $0) }
            } else if column.arrivesAsStored {
                Windows1252.withUTF8(cell, scratch: &scratch) { text in
                    text.withMemoryRebound(to: UInt8.self) { batch.set(field, $0) }
                }
            } else {
                cell.withMemoryRebound(to: UInt8.self) { batch.set(field, $0) }
            }
        }
    }

    private func header(of row: borrowing Row) throws(RecordDefect) -> CDRHeader {
        var header = CDRHeader()
        header.present = layout.present
        header.line = line
        var hasLinkedID = true
        for (index, target) in layout.targets.enumerated() {
            let cell = row[index]
            switch target {
            case .start: header.start = try start(cell)
            // The leg happened even where its answer is no date of any calendar.
            case .answer: header.answer = RawTime(cell: cell) ?? .none
            case .end: header.end = RawTime(cell: cell) ?? .none
            case .duration: header.duration = try seconds(cell, "duration")
            case .billsec: header.billsec = try seconds(cell, "billsec")
            case .amaflags: header.amaflags = cell.flatMap { AMAFlags(parsing: $0.bindMemory(to: UInt8.self)) }?.value
            case .sequence: header.sequence = cell.flatMap { Int32(exactlyParsing: $0) }
            case .text(.linkedid, _): hasLinkedID = cell.map { !$0.isEmpty } ?? false
            case .text: break
            }
        }
        // FreePBX added linkedid and sequence to tables in use, as '' and 0: such a row has no sequence.
        if !hasLinkedID, header.sequence == 0 { header.sequence = nil }
        return header
    }

    private func start(_ cell: UnsafeRawBufferPointer?) throws(RecordDefect) -> RawTime {
        guard let time = RawTime(cell: cell) else {
            throw RecordDefect(.time, "\(layout.start.column.name) is no time")
        }
        guard time != .none else {
            throw RecordDefect(.time, "\(layout.start.column.name) is empty or the zero date")
        }
        return time
    }

    private func seconds(_ cell: UnsafeRawBufferPointer?, _ name: String) throws(RecordDefect) -> Int32 {
        guard let cell, !cell.isEmpty else { return 0 }
        guard let value = Int32(wholePartOf: cell) else { throw RecordDefect(.number, "\(name) is no number") }
        return value
    }
}
