import Base
import CallRecords
import Extract
import Transform

/// What is passed from a reader to the loader: records, and the results of their transformation.
protocol SourceBatch: Sendable {
    associatedtype Records

    init()
    /// As the source gave them.
    var records: Records { get set }
    /// Whether there are no records.
    var isEmpty: Bool { get }
    /// When each record began and ended, after the transformation.
    var spans: [(start: Moment, end: Moment)] { get }
}

/// Determines the moments of a source's records, in the zone and window found from the source.
protocol SourceStage {
    associatedtype Batch: SourceBatch

    /// The window, once it is decided.
    var window: TimeWindow? { get }
    /// The zone of the current source, once it is found.
    var zone: ZoneTable? { get }

    /// A source with its own zone begins.
    mutating func beginSource()
    /// An empty delivery with capacity for the next batch.
    mutating func delivery(from origin: String) -> Delivery<Batch>
    /// Transforms what was read.
    mutating func process(_ delivery: inout Delivery<Batch>)
    /// Observations from the transformation of a source.
    func remarks(on source: String) -> [Remark]
    /// When records that are not loaded ended.
    func ends(of records: Batch.Records) -> [Moment]
}

extension LegBatch: SourceBatch {
    var isEmpty: Bool { records.isEmpty }
    var spans: [(start: Moment, end: Moment)] { times.map { ($0.start, $0.end) } }
}

extension QueueEvents: SourceBatch {
    var isEmpty: Bool { records.isEmpty }
    var spans: [(start: Moment, end: Moment)] { instants.map { ($0, $0) } }
}
