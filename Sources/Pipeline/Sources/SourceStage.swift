import Base
import CallRecords
import Extract
import Transform

/// What travels from a reader to the loader: records, and what the transformation made of them.
protocol SourceBatch: Sendable {
    associatedtype Records

    init()
    /// As the source gave them.
    var records: Records { get set }
    /// Whether there is no record.
    var isEmpty: Bool { get }
    /// When each record began and ended, after the transformation.
    var spans: [(start: Moment, end: Moment)] { get }
}

/// Gives the records of a source their moments, in the zone and window that the source tells.
protocol SourceStage {
    associatedtype Batch: SourceBatch

    /// The window, once it is decided.
    var window: TimeWindow? { get }
    /// The zone of the source that is being read, once it is found.
    var zone: ZoneTable? { get }

    /// A source of its own zone begins.
    mutating func beginSource()
    /// An empty delivery with room for what is to come.
    mutating func delivery(from origin: String) -> Delivery<Batch>
    /// Transforms what was read.
    mutating func process(_ delivery: inout Delivery<Batch>)
    /// What the transformation of a source noticed.
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
