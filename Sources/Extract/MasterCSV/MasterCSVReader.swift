public import Base
public import CallRecords

/// Reads one Master.csv in batches, in any layout and of any length.
///
/// A record that cannot be read is rejected, and the next good one after it is found, so that a torn line in the middle
/// costs one record. An incomplete record at the end of the file is left for the next run.
public struct MasterCSVReader: ~Copyable {
    /// How the file is read.
    public struct Options: Sendable {
        /// `nil`: recognised from the columns' contents.
        public var layout: MasterCSVLayout?
        /// The encoding of texts that are not UTF-8; `nil`: inferred from their letters.
        public var encoding: TextEncoding?
        /// The order of days and months in dates with slashes.
        public var dateOrder = DateOrder.auto
        /// Records in a batch, including rejected ones.
        public var batchRows = Defaults.batchRows

        /// Layout and encoding recognised automatically, batches of 7,500.
        public init() {}
    }

    /// Observations from reading the file.
    public struct Notes: Sendable {
        /// Layouts, in order of appearance. More than one if options in cdr.conf were changed in the meantime.
        public var layouts: [MasterCSVLayout] = []
        /// The changes made to texts.
        public var texts = TextNotes()
        /// Columns after those of a known layout, which are not read.
        public var furtherColumns = 0
        /// Whether the file ends inside a record.
        public var endsInsideRecord = false
        /// Records read, including rejected ones; empty lines are not counted.
        public var records: Int64 = 0
    }

    /// No PBX writes a longer record (cdr_csv: 1,024 bytes); an unclosed quote must not swallow the file.
    static let longestRecord = 64 * 1024
    /// This many consecutive records in another layout mean that options were changed; fewer are broken records.
    static let recordsOfNewLayout = 3

    var input: BufferedInput
    let options: Options
    /// Observations so far.
    public internal(set) var notes = Notes()

    /// Line of the record to be read next, counted from 1.
    var line: Int64 = 1
    /// Whether the lines before it were counted.
    var isLineKnown = true
    /// Whether the available bytes reach the end of the file.
    private(set) var atEnd = false
    /// Whether the rest of an overlong line is being skipped.
    var isPassingOver = false
    /// Whether nothing has been examined yet.
    private var isAtStart = true
    /// The bytes of the line that is being skipped.
    var passedBytes = 0
    /// Records rejected because a stated layout has another number of columns, before any good record.
    var misfits = 0
    /// Whether the delimiter has been determined.
    var isDelimiterKnown = false
    var scanner = CSVScanner()
    /// The order of days and months: the stated one, or the one shown by the first records.
    var dates: DateOrder
    /// `nil` until the layout is known.
    var decoder: CDRRecordDecoder?
    /// Whether a record was read in the current layout; most of a file may have another layout than its first records.
    var isLayoutUsed = false
    var mender: TextMender
    var unescaped: [UInt8] = []

    /// Opens a file; `-` is the standard input.
    public init(path: String, options: Options = Options()) throws(ExtractError) {
        self.init(try BufferedInput(path: path), options: options)
    }

    init(_ input: consuming BufferedInput, options: Options = Options()) {
        self.input = input
        self.options = options
        mender = TextMender(encoding: options.encoding)
        dates = options.dateOrder
        decoder = options.layout.map { CDRRecordDecoder(layout: $0, dates: options.dateOrder) }
        if let layout = options.layout { notes.layouts = [layout] }
    }

    /// File name, `-` for the standard input.
    public var path: String { input.path }
    /// Bytes on disk and how many of them were read, for a progress bar; the size is `nil` for a pipe.
    public var progress: (read: Int64, size: Int64?) { input.progress }

    /// Fills the batch with the next records and appends the rejected ones. Returns false when there are no more.
    ///
    /// - Throws: ``ExtractError`` if the file cannot be read, or its layout is unknown or ambiguous.
    public mutating func next(
        into batch: inout CDRBatch,
        rejects: inout [RejectedRecord]
    ) throws(ExtractError) -> Bool {
        batch.removeAll()
        let known = rejects.count
        if isAtStart { try begin() }
        while true {
            atEnd = input.atEnd
            let bytes = input.take()
            let result: Result<Consumed, ExtractError> = bytes.withUnsafeBufferPointer { bytes in
                do throws(ExtractError) {
                    return .success(try consume(bytes, from: 0, into: &batch, rejects: &rejects, known: known))
                } catch {
                    return .failure(error)
                }
            }
            let consumed = try result.get()
            input.giveBack(bytes, used: consumed.position)
            notes.texts = TextNotes(mender)
            switch consumed.need {
            case .nothing: return true
            case .bytes where !atEnd: try input.refill()
            case .bytes: return !batch.isEmpty
            }
        }
    }

    /// Examines the beginning: whether the file is text, and in which encoding.
    private mutating func begin() throws(ExtractError) {
        isAtStart = false
        try input.fill(Stranger.beginning)
        let bytes = input.take()
        let stranger = bytes.withUnsafeBufferPointer { bytes in
            mender.learn(bytes)
            return Stranger(beginning: bytes)
        }
        input.giveBack(bytes, used: 0)
        if let stranger { throw ExtractError(.unknownLayout, stranger.sentence(on: path, wanted: .cdr)) }
    }
}

/// How many of the bytes were used, and what is needed to continue.
struct Consumed {
    enum Need {
        /// The batch is full.
        case nothing
        /// The bytes end inside a record, or before the layout can be recognised.
        case bytes
    }
    let position: Int
    let need: Need
}
