public import CallRecords
public import Postgres
import Warehouse

/// Stores records that could not be loaded, so that nothing is dropped without a trace.
public struct RejectStore: Sendable {
    private let run: Int64
    private let pbx: Int16
    private let source: String

    /// A store for the rejects of one source.
    ///
    /// - Parameters:
    ///   - run: `voip.etl_run.run_id`.
    ///   - pbx: `voip.pbx.pbx_id`.
    ///   - source: `cdr` or `queue_log`.
    public init(run: Int64, pbx: Int16, source: String) {
        (self.run, self.pbx, self.source) = (run, pbx, source)
    }

    /// Writes rejects of this run; a reject that is known already gets this run's number.
    ///
    /// - Returns: those that are new.
    /// - Throws: `PostgresError`.
    public func write(
        _ rejects: [RejectedRecord],
        _ connection: borrowing Connection
    ) throws -> [RejectedRecord] {
        try rejects.filter { reject in
            let hash = reject.bytes.withUnsafeBytes { Int64(bitPattern: Hash128($0).low) }
            return try connection.query(
                SQLFiles.Load.reject,
                [
                    .int64(run), .int64(Int64(pbx)), .text(source), .text(reject.origin),
                    reject.line > 0 ? .int64(reject.line) : .null,
                    .text(reject.defect.code.rawValue), .text(reject.defect.reason), .int64(hash), .bytes(reject.bytes),
                ]
            ).first { row throws(PostgresError) in try row.bool(0) } ?? false
        }
    }
}
