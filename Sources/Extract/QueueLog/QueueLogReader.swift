public import CallRecords

/// Reads one queue_log file, `epoch|callid|queue|agent|event|data1|…`, in batches.
///
/// A line that is no event is put aside; a line without its end is left for the next run.
/// (Asterisk, `main/logger.c`, `ast_queue_log`.)
public struct QueueLogReader: ~Copyable {
    /// What was noticed on the way.
    public struct Notes: Sendable {
        /// Texts that were not valid UTF-8, or held a NUL.
        public var mended = 0
        /// Whether the file ends inside a line.
        public var endsInsideRecord = false
        /// Lines read, those put aside among them; empty lines are none.
        public var records: Int64 = 0
    }

    static let longestLine = 64 * 1024

    private let file: InputFile
    private let batchRows: Int
    /// What was noticed so far.
    public private(set) var notes = Notes()

    private var buffer: [UInt8] = []
    private var position = 0
    private var line: Int64 = 1
    private var atEnd = false
    private var mender: TextMender

    /// Opens a file; `-` is the standard input.
    public init(
        path: String, encoding: TextEncoding = .latin1, batchRows: Int = 20_000
    ) throws(ExtractError) {
        file = try InputFile(path: path)
        self.batchRows = batchRows
        mender = TextMender(encoding: encoding)
    }

    /// File name, `-` for the standard input.
    public var path: String { file.path }
    /// Bytes on disk and how many of them were read, for a progress bar; the size is `nil` for a pipe.
    public var progress: (read: Int64, size: Int64?) { (file.offset, file.size) }

    /// Fills the batch with the next events and appends what had to be put aside. Returns false when there are no more.
    public mutating func next(
        into batch: inout QueueEventBatch, rejects: inout [RejectedRecord]
    ) throws(ExtractError) -> Bool {
        batch.removeAll()
        while true {
            let bytes = buffer
            bytes.withUnsafeBufferPointer { consume($0, into: &batch, rejects: &rejects) }
            notes.mended = mender.mended
            if batch.count >= batchRows { return true }
            if atEnd {
                notes.endsInsideRecord = position < buffer.count
                return !batch.isEmpty
            }
            buffer.removeFirst(position)
            position = 0
            atEnd = try file.read(upTo: 1 << 20, into: &buffer) == 0
        }
    }

    private mutating func consume(
        _ bytes: UnsafeBufferPointer<UInt8>, into batch: inout QueueEventBatch, rejects: inout [RejectedRecord]
    ) {
        while batch.count < batchRows,
            let newline = bytes[position...].firstIndex(of: UInt8(ascii: "\n"))
        {
            var end = newline
            if end > position, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
            let text = UnsafeBufferPointer(rebasing: bytes[position..<end])
            if !text.isEmpty {
                notes.records += 1
                do throws(RecordDefect) {
                    try QueueLogLine.decode(text, line: line, mender: &mender, into: &batch)
                } catch {
                    rejects.append(RejectedRecord(defect: error, origin: path, line: line, bytes: Array(text)))
                }
            }
            position = newline + 1
            line += 1
        }
    }
}
