public import CallRecords
public import Postgres
import Warehouse

/// Rejects of a PBX that are in the warehouse but not yet in the rejects file.
public struct UnfiledRejects: Sendable {
    /// A reject and its row.
    public struct Entry: Sendable {
        /// `voip.reject.reject_id`
        public let id: Int64
        /// The record and why it was rejected.
        public let record: RejectedRecord
    }

    private let pbx: String

    /// - Parameter pbx: the PBX's name in the configuration.
    public init(pbx: String) { self.pbx = pbx }

    /// The oldest of them, about a mebibyte in total; the same ones until they are marked.
    ///
    /// - Throws: `PostgresError`.
    public func next(_ connection: borrowing Connection) throws -> [Entry] {
        try connection.query(SQLFiles.Load.unfiledRejects, [.text(pbx)], format: .binary).map { row in
            let defect = RecordDefect(.init(rawValue: try row.text(3)), try row.text(4))
            let record = RejectedRecord(
                defect: defect,
                origin: try row.text(1),
                line: try row.int64IfPresent(2) ?? 0,
                bytes: row.withBytes(5) { Array($0) } ?? []
            )
            return Entry(id: try row.int64(0), record: record)
        }
    }

    /// Marks entries whose copies in the file are safely on the disk.
    ///
    /// - Throws: `PostgresError`.
    public func mark(_ entries: [Entry], _ connection: borrowing Connection) throws {
        try connection.query(SQLFiles.Load.fileRejects, [.int64Array(entries.map(\.id))])
    }
}
