public import CallRecords

/// A reader of the records of one file, batch by batch, that can go on at another place.
public protocol RecordFile: ~Copyable {
    /// A batch of records.
    associatedtype Records

    /// File name, `-` for the standard input.
    var path: String { get }
    /// Bytes on disk and how many of them were read, for a progress bar; the size is `nil` for a pipe.
    var progress: (read: Int64, size: Int64?) { get }
    /// Where the next record begins. Only where ``canJump`` this is a place in the file.
    var position: FilePosition { get }
    /// The file as it is now; `nil` for a pipe.
    var identity: FileIdentity? { get }
    /// Whether the file's bytes are read as they are: it is neither compressed nor in need of another encoding, and something was
    /// read of it.
    var canJump: Bool { get }

    /// Fills the batch with the next records and appends those that were rejected. Returns false when there are no more.
    mutating func next(into batch: inout Records, rejects: inout [RejectedRecord]) throws(ExtractError) -> Bool

    /// Bytes of the file on disk, fewer at its end; the position stays.
    func bytes(at offset: Int64, count: Int) throws(ExtractError) -> [UInt8]

    /// Goes on with the record that begins at a position.
    mutating func jump(to position: FilePosition) throws(ExtractError)

    /// The first whole records behind an offset, and where the first of them begins; the position stays, and nothing is noted.
    /// `nil` where none is found near by.
    mutating func sample(at offset: Int64) throws(ExtractError) -> (offset: Int64, records: Records)?
}

extension RecordFile where Self: ~Copyable {
    /// Records that tell the time of a place.
    static var sampledRecords: Int { 8 }
    /// Bytes that are read to find some records in the middle of a file: enough for most, and enough for all.
    static var sampledBytes: [Int] { [16 << 10, 4 * MasterCSVReader.longestRecord] }
}
