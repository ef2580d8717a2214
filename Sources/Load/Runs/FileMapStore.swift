import Base
public import CallRecords
public import Postgres
import Warehouse

/// Stores in the warehouse which times the parts of a PBX's files contain (``FileMap``), so that every run on the same
/// warehouse knows them, and a run that is rolled back leaves none.
public struct FileMapStore: Sendable {
    private let pbx: Int16
    private let source: String

    /// - Parameters:
    ///   - pbx: `voip.pbx.pbx_id`.
    ///   - source: `cdr` or `queue_log`.
    public init(pbx: Int16, source: String) { (self.pbx, self.source) = (pbx, source) }

    /// The maps of all files that earlier runs read.
    ///
    /// - Throws: `PostgresError`.
    public func maps(_ connection: borrowing Connection) throws -> [FileMap] {
        var maps: [FileMap] = []
        try connection.query(
            SQLFiles.Load.fileMaps,
            [.int64(Int64(pbx)), .text(source)],
            format: .binary
        ).forEach { row in
            let file = FileIdentity(
                device: try row.int64(0),
                inode: try row.int64(1),
                size: try row.int64(2),
                modified: try row.int64(3)
            )
            if maps.last?.file != file {
                let (zone, head, isUnread) = (try row.text(4), try row.int64(5), try row.bool(6))
                maps.append(FileMap(file: file, zone: zone, head: head, isBeginningUnread: isUnread))
            }
            let line = try row.int64(8)
            let part = FileMap.Part(
                end: FilePosition(offset: try row.int64(7), line: line > 0 ? line : nil),
                earliest: Moment(microseconds: try row.int64(9)),
                latest: Moment(microseconds: try row.int64(10)),
                hash: try row.int64(11)
            )
            maps[maps.count - 1].append(part)
        }
        return maps
    }

    /// Stores the map of a file, replacing an earlier one of the same file. Deletes the maps of files that no run has read for a year.
    ///
    /// - Throws: `PostgresError`.
    public func keep(_ map: FileMap, path: String, _ connection: borrowing Connection) throws {
        let parts = map.parts
        _ = try connection.query(SQLFiles.Load.forgetFileMaps, [.int64(Int64(pbx)), .text(source)])
        try connection.query(
            SQLFiles.Load.keepFileMap,
            [
                .int64(Int64(pbx)), .text(source), .int64(map.file.device), .int64(map.file.inode), .text(path),
                .int64(map.file.size), .int64(map.file.modified), .text(map.zone), .int64(map.head),
                .bool(map.isBeginningUnread), .int64Array(parts.map(\.end.offset)),
                .int64Array(parts.map { $0.end.line ?? 0 }), .int64Array(parts.map(\.earliest.microseconds)),
                .int64Array(parts.map(\.latest.microseconds)), .int64Array(parts.map(\.hash)),
            ]
        )
    }
}
