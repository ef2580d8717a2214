import Base
import CallRecords
import MariaDB
import TestSupport

@testable import Extract

/// The result of reading a table to its end.
struct ReadTable {
    var cdrs = CDRBatch()
    var rejects: [RejectedRecord] = []
    var description: TableDescription
    var notes: TableNotes

    /// Reads the CDR table of a test's database.
    init(
        cdr table: String = "cdr",
        in database: Database,
        window: SourceWindow? = nil,
        configuration: Configuration? = nil
    ) throws {
        var reader = try CDRTable(table, window: window, in: configuration ?? database.configuration(), batchRows: 7)
        description = reader.description
        var batch = CDRBatch()
        while try reader.next(into: &batch, rejects: &rejects) { cdrs.append(batch) }
        notes = reader.notes
    }

    func strings(_ field: CDRField) -> [String?] { (0..<cdrs.count).map { cdrs.string(field, of: $0) } }
}

/// The result of reading a queue log table to its end.
struct ReadQueueLog {
    var events = QueueEventBatch()
    var rejects: [RejectedRecord] = []

    init(_ table: String, in database: Database, window: SourceWindow? = nil) throws {
        var reader = try QueueLogTable(table, window: window, in: database.configuration(), batchRows: 3)
        var batch = QueueEventBatch()
        while try reader.next(into: &batch, rejects: &rejects) { events.append(batch) }
    }

    /// One event on each line: time, callid, queue, agent, event and data, `-` for empty.
    var lines: [String] {
        (0..<events.count).map { record in
            let time =
                switch events.times[record] {
                case .none: "none"
                case .wall(let seconds): CivilTime(secondsSince1970: seconds).description
                case .instant(let moment): "\(moment.wholeSeconds)"
                }
            let texts = QueueEventField.allCases.map { events.string($0, of: record) ?? "-" }
            return ([time] + texts).joined(separator: " ")
        }
    }
}

extension SourceWindow {
    /// From midnight to midnight, on the wall clock and in UTC.
    static func days(_ range: Range<Int64>, of month: Int64 = 11) throws -> SourceWindow {
        func seconds(_ day: Int64) -> Int64 {
            CivilTime(year: 2026, month: month, day: day)?.secondsSince1970 ?? 0
        }
        let wall = seconds(range.lowerBound)..<seconds(range.upperBound)
        return SourceWindow(wall: wall, instants: wall)
    }
}

/// Seconds since 1970 of a time on the wall clock.
func wall(_ hour: Int64, _ minute: Int64, _ second: Int64, day: Int64 = 22) -> RawTime {
    CivilTime(year: 2026, month: 11, day: day, hour: hour, minute: minute, second: second)
        .map { .wall($0.secondsSince1970) } ?? .none
}

extension CDRBatch {
    /// Adds all records of another batch.
    mutating func append(_ other: CDRBatch) {
        other.texts.withUnsafeTexts { texts in
            for (record, header) in other.headers.enumerated() {
                append(header)
                for field in CDRField.allCases { set(field, texts[record, field]) }
            }
        }
    }
}

extension QueueEventBatch {
    /// Adds all events of another batch.
    mutating func append(_ other: QueueEventBatch) {
        other.texts.withUnsafeTexts { texts in
            for record in 0..<other.count {
                append(time: other.times[record], line: other.lines[record])
                for field in QueueEventField.allCases { set(field, texts[record, field]) }
            }
        }
    }
}
