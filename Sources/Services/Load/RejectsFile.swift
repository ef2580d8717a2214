import Base
import CallRecords
import Load
import Postgres

/// The file of `etl.rejects`: rejected records as they were read, so that they can be mended and loaded again.
/// The reasons are in a file beside it, with `.log` behind its name.
struct RejectsFile {
    let path: String

    /// Writes what the warehouse has and the file has not. A record is marked as written when it is on the disk, so what a full
    /// disk or a kill prevented is done by the next run. The files are made where they are missing, readable by their owner
    /// only: they hold callers' numbers.
    ///
    /// - Throws: ``ServiceError`` where a file cannot be written, `PostgresError`.
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
            // Runs for other PBXs may have the same file.
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
