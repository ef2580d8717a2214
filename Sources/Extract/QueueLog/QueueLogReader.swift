public import Base
public import CallRecords

/// Reads one queue_log file, `epoch|callid|queue|agent|event|data1|…`, in batches.
///
/// A line that is not an event is rejected; a line without its end is left for the next run. (Asterisk,
/// `main/logger.c`, `ast_queue_log`.)
public struct QueueLogReader: ~Copyable {
    /// Observations from reading the file.
    public struct Notes: Sendable {
        /// The changes made to texts.
        public var texts = TextNotes()
        /// Whether the file ends inside a line.
        public var endsInsideRecord = false
        /// Lines read, including rejected ones; empty lines are not counted.
        public var records: Int64 = 0
    }

    static let longestLine = 64 * 1024

    var input: BufferedInput
    private let batchRows: Int
    /// Observations so far.
    public internal(set) var notes = Notes()

    var line: Int64 = 1
    /// Whether the lines before it were counted.
    var isLineKnown = true
    /// Lines rejected before the first event.
    var foreignLines = 0
    var hasEvents = false
    /// Whether the rest of an overlong line is being skipped.
    var isPassingOver = false
    var mender: TextMender
    private let plausible = PlausibleTimes()
    /// Whether nothing has been examined yet.
    private var isAtStart = true
    /// The bytes of the line that is being skipped.
    var passedBytes = 0
    /// The positions of the fields; `nil` in the PBX's own form.
    private var columns: QueueLogColumns?

    /// Opens a file; `-` is the standard input.
    public init(
        path: String,
        encoding: TextEncoding? = nil,
        batchRows: Int = Defaults.batchRows
    ) throws(ExtractError) {
        self.init(try BufferedInput(path: path), encoding: encoding, batchRows: batchRows)
    }

    init(_ input: consuming BufferedInput, encoding: TextEncoding?, batchRows: Int) {
        self.input = input
        self.batchRows = batchRows
        mender = TextMender(encoding: encoding)
    }

    /// File name, `-` for the standard input.
    public var path: String { input.path }
    /// Bytes on disk and how many of them were read, for a progress bar; the size is `nil` for a pipe.
    public var progress: (read: Int64, size: Int64?) { input.progress }

    /// Fills the batch with the next events and appends the rejected lines. Returns false when there are no more.
    public mutating func next(
        into batch: inout QueueEventBatch,
        rejects: inout [RejectedRecord]
    ) throws(ExtractError) -> Bool {
        batch.removeAll()
        let known = rejects.count
        if isAtStart { try begin() }
        while true {
            let atEnd = input.atEnd
            let bytes = input.take()
            let used = bytes.withUnsafeBufferPointer { consume($0, into: &batch, rejects: &rejects, known: known) }
            let rest = bytes.count - used
            input.giveBack(bytes, used: used)
            notes.texts = TextNotes(mender)
            if !hasEvents, foreignLines >= Self.foreignLines { throw notAQueueLog }
            if passedBytes > MasterCSVReader.longestLine { throw notAQueueLog }
            if !hasEvents, passedBytes > 2 << 20 { throw notAQueueLog }
            if batch.count + rejects.count - known >= batchRows { return true }
            if atEnd {
                notes.endsInsideRecord = rest > 0 || isPassingOver
                return !batch.isEmpty
            }
            try input.refill()
        }
    }

    /// Examines the beginning: whether the file is text, and in which form and encoding.
    private mutating func begin() throws(ExtractError) {
        isAtStart = false
        try input.fill(Stranger.beginning)
        let bytes = input.take()
        let stranger = bytes.withUnsafeBufferPointer { bytes in
            mender.learn(bytes)
            columns = QueueLogColumns(beginning: bytes)
            return Stranger(beginning: bytes)
        }
        // A header is skipped; the line after it is the second.
        let header = columns?.hasHeader ?? false ? bytes.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0 : 0
        if header > 0 { line += 1 }
        input.giveBack(bytes, used: header)
        if let stranger { throw ExtractError(.unknownLayout, stranger.sentence(on: path, wanted: .queueLog)) }
    }

    /// Reads as many lines as fit into the batch and are complete in the bytes, and returns the number of bytes used.
    private mutating func consume(
        _ bytes: UnsafeBufferPointer<UInt8>,
        into batch: inout QueueEventBatch,
        rejects: inout [RejectedRecord],
        known: Int
    ) -> Int {
        var position = 0
        while batch.count + rejects.count - known < batchRows {
            guard let newline = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else {
                // Even a line that is far too long is never held in full. One extra byte may be a carriage return.
                if bytes.count - position > Self.longestLine + 1, !isPassingOver {
                    put(bytes[position...].prefix(Self.longestLine), aside: Self.tooLong, into: &rejects)
                    isPassingOver = true
                }
                if isPassingOver { passedBytes += bytes.count - position }
                return isPassingOver ? bytes.count : position
            }
            if isPassingOver {
                isPassingOver = false
                passedBytes = 0
            } else {
                read(bytes[position...newline], into: &batch, &rejects)
            }
            position = newline + 1
            line += 1
        }
        return position
    }

    /// Reads one line, which ends with its line feed.
    mutating func read(
        _ line: Slice<UnsafeBufferPointer<UInt8>>,
        into batch: inout QueueEventBatch,
        _ rejects: inout [RejectedRecord]
    ) {
        let bytes = line.dropLast()
        let text = UnsafeBufferPointer(rebasing: bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes)
        if text.isEmpty { return }
        guard text.count <= Self.longestLine else {
            return put(bytes.prefix(Self.longestLine), aside: Self.tooLong, into: &rejects)
        }
        do throws(RecordDefect) {
            if let columns {
                try columns.decode(
                    UnsafeBufferPointer(rebasing: line),
                    line: self.line,
                    mender: &mender,
                    into: &batch
                )
            } else {
                try QueueLogLine.decode(text, line: self.line, mender: &mender, into: &batch)
            }
            guard batch.times.last.map(plausible.contains) ?? true else {
                batch.removeLast()
                throw RecordDefect(.time, "The time of the event \(PlausibleTimes.defect)")
            }
            notes.records += 1
            hasEvents = true
        } catch {
            put(bytes, aside: error, into: &rejects)
        }
    }

    private mutating func put(
        _ bytes: Slice<UnsafeBufferPointer<UInt8>>,
        aside defect: RecordDefect,
        into rejects: inout [RejectedRecord]
    ) {
        notes.records += 1
        if !hasEvents { foreignLines += 1 }
        rejects.append(
            RejectedRecord(defect: defect, origin: path, line: isLineKnown ? line : 0, bytes: Array(bytes))
        )
    }

    /// If this many lines come before any event, the file is not a queue_log.
    private static let foreignLines = 20

    private var notAQueueLog: ExtractError {
        ExtractError(
            .unknownLayout,
            "\(path.printable) is not a queue_log: none of its first lines is an event. A Master.csv is read with --file."
        )
    }

    private static let tooLong = RecordDefect(.tooLong, "The line is longer than \(longestLine) bytes.")
}
