public import CallRecords

/// A reader of the records of one file, batch by batch, that can continue at another place.
public protocol RecordFile: ~Copyable {
    /// A batch of records.
    associatedtype Records

    /// File name, `-` for the standard input.
    var path: String { get }
    /// Bytes on disk and how many of them were read, for a progress bar; the size is `nil` for a pipe.
    var progress: (read: Int64, size: Int64?) { get }
    /// Where the next record begins. This is a place in the file only if ``canJump``.
    var position: FilePosition { get }
    /// The file in its current state; `nil` for a pipe.
    var identity: FileIdentity? { get }
    /// Whether the file's bytes are read as they are: it is not compressed, needs no conversion of its encoding, and
    /// something was read from it.
    var canJump: Bool { get }

    /// Fills the batch with the next records and appends the rejected ones. Returns false when there are no more.
    mutating func next(into batch: inout Records, rejects: inout [RejectedRecord]) throws(ExtractError) -> Bool

    /// Bytes of the file on disk, fewer at its end; the position does not change.
    func bytes(at offset: Int64, count: Int) throws(ExtractError) -> [UInt8]

    /// Continues with the record that begins at a position.
    mutating func jump(to position: FilePosition) throws(ExtractError)

    /// The first complete records after an offset, and where the first of them begins; the position does not change,
    /// and nothing is recorded. `nil` if none is found nearby.
    mutating func sample(at offset: Int64) throws(ExtractError) -> (offset: Int64, records: Records)?
}

extension RecordFile where Self: ~Copyable {
    /// The number of records that determine the time of a place.
    static var sampledRecords: Int { 8 }
    /// How many bytes are read to find some records in the middle of a file: enough for most files, then enough for
    /// all.
    static var sampledBytes: [Int] { [16 << 10, 4 * MasterCSVReader.longestRecord] }
}
