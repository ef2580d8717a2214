public import CallRecords

/// A reader of the rows of one table, batch by batch.
public protocol RecordTable: ~Copyable {
    /// A batch of records.
    associatedtype Records

    /// What was found in the catalogue.
    var description: TableDescription { get }
    /// What was noticed so far.
    var notes: TableNotes { get }

    /// Fills the batch with the next rows and appends those that were rejected. Returns false when there are no more.
    mutating func next(into batch: inout Records, rejects: inout [RejectedRecord]) throws(ExtractError) -> Bool
}

extension CDRTable: RecordTable {}
extension QueueLogTable: RecordTable {}
