import Base
import CallRecords
import Load
import Postgres

/// The file of `etl.rejects`: rejected records as they were read, so that they can be corrected and loaded again. The
/// reasons are in a second file, whose name ends in `.log`.
struct RejectsFile {
    let path: String

    /// Writes what is in the warehouse but not in the file. A record is marked as written only when it is on the disk,
    /// so the next run completes what a full disk or a kill prevented. Missing files are created, readable only by
    /// their owner, because they contain callers' numbers.
    ///
    /// - Throws: ``ServiceError`` if a file cannot be written, `PostgresError`.
    func take(_ unfiled: UnfiledRejects, _ connection: borrowing Connection) throws {
        while true {
            let entries = try unfiled.next(connection)
            if entries.isEmpty { return }
            let records = entries.map(\.record)
            try append(records.flatMap { $0.bytes + [UInt8(ascii: "\n")] }, to: path)
            try append(records.flatMap { Array(Self.reason($0).utf8) }, to: path + ".log")
            try unfiled.mark(entries, connection)
        }
    }

    private static func reason(_ record: RejectedRecord) -> String {
        "\(record.origin):\(record.line > 0 ? "\(record.line):" : "") \(record.defect.code.rawValue): \(record.defect.reason)\n"
    }

    private func append(_ lines: [UInt8], to path: String) throws {
        do throws(FileError) {
            let file = try OpenFile(appendingTo: path)
            // Runs for other PBXs may use the same file.
            try file.lock()
            try file.appendOnce(lines)
        } catch {
            throw ServiceError(
                error.category,
                "Cannot write the rejects to \(path): \(error.reason). The next run writes them.",
                underlying: error
            )
        }
    }
}
