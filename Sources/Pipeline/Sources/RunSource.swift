import Base
import CallRecords
import Extract
import Load
import Postgres

/// One source of a run: legs, queue events, and whatever else a PBX writes.
///
/// All have the same shape. A reader on a lane of its own reads batch after batch and transforms it; what it hands over is
/// loaded in the run's transaction while the next batch is read.
protocol RunSource {
    /// What travels from the reader to the loader.
    associatedtype Batch: Sendable

    /// What `voip.reject.source` says of its rejects.
    var name: String { get }
    /// How many files and tables it has.
    var inputCount: Int { get }
    /// Whether its records tell the zone of the PBX where none is configured.
    var tellsZone: Bool { get }

    /// Begins, after the sources before this one are loaded. Returns what reads and transforms on the lane.
    ///
    /// - Parameters:
    ///   - context: of the run.
    ///   - maps: what earlier runs found in the source's files.
    ///   - connection: in the transaction of the run.
    mutating func begin(
        _ context: inout RunContext,
        maps: [FileMap],
        _ connection: borrowing Connection
    ) throws -> Reading<Batch>

    /// Loads what was selected of a batch.
    ///
    /// - Returns: what became of the selected records.
    mutating func load(
        _ delivery: Delivery<Batch>,
        _ context: inout RunContext,
        _ connection: borrowing Connection
    ) throws -> Counters

    /// Ends, after the last batch.
    ///
    /// - Parameters:
    ///   - counters: what became of all records.
    ///   - context: of the run.
    ///   - connection: in the transaction of the run.
    mutating func finish(
        _ counters: Counters,
        _ context: inout RunContext,
        _ connection: borrowing Connection
    ) throws
}

/// Reads and transforms a source, and hands over batch by batch until there is no more, or false says that no more is wanted.
///
/// Runs on a thread of its own. Throws `ExtractError`.
typealias Reading<Batch: Sendable> = @Sendable (_ handOver: (Delivery<Batch>) -> Bool) throws -> Void

/// A batch on its way from a reader to the loader, and what was noticed meanwhile.
struct Delivery<Batch: Sendable>: Sendable {
    var batch: Batch
    /// Records that the transformation left out, and why.
    var counters = Counters()
    /// Records that could not be read.
    var rejected: [RejectedRecord] = []
    /// The zone that the window is meant in where none is configured, with the first batch that tells it.
    var zone: ZoneTable?
    var remarks: [Remark] = []
    /// Which times the parts of the file hold, with its last batch.
    var map: FileMap?
    /// Why the rest of the file could not be read.
    var failure: ExtractError?
    /// File or table.
    var origin: String
    /// Whether another file or table begins with this batch.
    var isFirst = false
    /// How long the transformation took.
    var transforming = Duration.zero
    /// How much of how much was read, in bytes or records; `nil` where nobody knows.
    var progress: (done: Int64, total: Int64?) = (0, nil)

    init(_ batch: Batch, origin: String) { (self.batch, self.origin) = (batch, origin) }
}

extension RunSource {
    /// Carries the source into the warehouse.
    mutating func carry(_ context: inout RunContext, _ connection: borrowing Connection) throws {
        let fileMaps = FileMapStore(pbx: context.pbx, source: name)
        let read = try begin(&context, maps: try fileMaps.maps(connection), connection)
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
