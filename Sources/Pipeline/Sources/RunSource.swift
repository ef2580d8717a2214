import Base
import CallRecords
import Extract
import Glibc
import Load
import Postgres

/// One source of a run: legs, queue events, and anything else that a PBX writes.
///
/// All have the same structure. A reader on a separate lane reads and transforms batch after batch; each batch is
/// loaded in the run's transaction while the next one is read.
protocol RunSource {
    /// What is passed from the reader to the loader.
    associatedtype Batch: Sendable

    /// The value of `voip.reject.source` for its rejects.
    var name: String { get }
    /// The number of its files and tables.
    var inputCount: Int { get }
    /// The paths of its files; empty if it reads a table or events.
    var paths: [String] { get }
    /// Whether its records reveal the zone of the PBX if none is configured.
    var tellsZone: Bool { get }

    /// Begins, after the previous sources were loaded. Returns the function that reads and transforms on the lane.
    ///
    /// - Parameters:
    ///   - context: of the run.
    ///   - maps: the maps of the source's files from earlier runs.
    ///   - connection: in the transaction of the run.
    mutating func begin(
        _ context: inout RunContext,
        maps: [FileMap],
        _ connection: borrowing Connection
    ) throws -> Reading<Batch>

    /// Loads the selected part of a batch.
    ///
    /// - Returns: the counts of the selected records.
    mutating func load(
        _ delivery: Delivery<Batch>,
        _ context: inout RunContext,
        _ connection: borrowing Connection
    ) throws -> Counters

    /// Ends, after the last batch.
    ///
    /// - Parameters:
    ///   - counters: the counts of all records.
    ///   - context: of the run.
    ///   - connection: in the transaction of the run.
    mutating func finish(
        _ counters: Counters,
        _ context: inout RunContext,
        _ connection: borrowing Connection
    ) throws
}

/// Reads and transforms a source, and passes on one batch after another until there are no more, or until false is
/// returned because no more are wanted.
///
/// Runs on a thread of its own. Throws `ExtractError`.
typealias Reading<Batch: Sendable> = @Sendable (_ handOver: (Delivery<Batch>) -> Bool) throws -> Void

/// A batch on its way from a reader to the loader, with the observations made so far.
struct Delivery<Batch: Sendable>: Sendable {
    var batch: Batch
    /// Records that the transformation left out, and why.
    var counters = Counters()
    /// Records that could not be read.
    var rejected: [RejectedRecord] = []
    /// The zone of the window if none is configured; with the first batch that reveals it.
    var zone: ZoneTable?
    var remarks: [Remark] = []
    /// Which times the parts of the file contain; with the file's last batch.
    var map: FileMap?
    /// Why the rest of the file could not be read.
    var failure: ExtractError?
    /// File or table.
    var origin: String
    /// Whether a new file or table begins with this batch.
    var isFirst = false
    /// How long the transformation took.
    var transforming = Duration.zero
    /// How much was read and the total, in bytes or records; `nil` if the total is unknown.
    var progress: (done: Int64, total: Int64?) = (0, nil)

    init(_ batch: Batch, origin: String) { (self.batch, self.origin) = (batch, origin) }
}

extension RunSource {
    /// Whether one of the files is large enough to be read in part.
    private func hasLargeFile(from bytes: Int64) -> Bool {
        paths.contains { path in
            var status = stat()
            return stat(path, &status) == 0 && Int64(status.st_size) >= bytes
        }
    }

    /// Loads the source into the warehouse.
    mutating func carry(_ context: inout RunContext, _ connection: borrowing Connection) throws {
        let fileMaps = FileMapStore(pbx: context.pbx, source: name)
        let maps = hasLargeFile(from: context.plan.mappedBytes) ? try fileMaps.maps(connection) : []
        let read = try begin(&context, maps: maps, connection)
        let rejects = RejectStore(run: context.result.run, pbx: context.pbx, source: name)
        var counters = Counters()
        let deliveries = ReadAhead<Delivery<Batch>>(read)
        let wait = Stopwatch()
        var transforming = Duration.zero
        while let delivery = try wait.measure({ try deliveries.next() }) {
            transforming += delivery.transforming
            if let failure = delivery.failure {
                context.failures.add(failure, of: delivery.origin)
                continue
            }
            if let map = delivery.map { try fileMaps.keep(map, path: delivery.origin, connection) }
            if let zone = delivery.zone { context.decideWindow(found: zone) }
            context.result.take(delivery.remarks)
            try context.report(delivery.origin, delivery.progress.done, delivery.progress.total)
            counters += delivery.counters
            counters += try load(delivery, &context, connection)
            counters += try context.reject(delivery.rejected, in: rejects, connection)
        }
        context.result.times.waiting += wait.elapsed
        context.result.times.reading += deliveries.busy - transforming
        context.result.times.transforming += transforming
        try finish(counters, &context, connection)
    }
}
