public import Base
public import CallRecords

/// Reads one Master.csv, of any layout and length, in batches.
///
/// A record that cannot be read is put aside and the next good one is found again behind it, so that a torn line in the
/// middle costs one record. A record that is not complete at the end of the file is left for the next run.
public struct MasterCSVReader: ~Copyable {
    /// How the file is read.
    public struct Options: Sendable {
        /// `nil`: recognised by shape.
        public var layout: MasterCSVLayout?
        /// How texts are read that are not UTF-8; `nil`: in the encoding that their letters look like.
        public var encoding: TextEncoding?
        /// The order of days and months in dates between slashes.
        public var dateOrder = DateOrder.auto
        /// Records a batch, those put aside among them.
        public var batchRows = Defaults.batchRows

        /// A recognised layout and encoding, batches of 7,500.
        public init() {}
    }

    /// What was noticed on the way.
    public struct Notes: Sendable {
        /// Layouts, in the order in which the file has them. More than one where options of cdr.conf changed meanwhile.
        public var layouts: [MasterCSVLayout] = []
        /// What had to be done to texts.
        public var texts = TextNotes()
        /// Columns behind those of a known layout, which are not read.
        public var furtherColumns = 0
        /// Whether the file ends inside a record.
        public var endsInsideRecord = false
        /// Records read, those put aside among them; empty lines are none.
        public var records: Int64 = 0
    }

    /// No PBX writes a longer record (cdr_csv: 1,024 bytes); a quote that is never closed must not swallow the file.
    static let longestRecord = 64 * 1024
    /// So many records in a row of another layout are a change of options, fewer are broken records.
    static let recordsOfNewLayout = 3

    var input: BufferedInput
    let options: Options
    /// What was noticed so far.
    public internal(set) var notes = Notes()

    /// Line of the record to be read next, counted from 1.
    var line: Int64 = 1
    /// Whether the lines before it were counted.
    var isLineKnown = true
    /// Whether the bytes at hand reach to the end of the file.
    private(set) var atEnd = false
    /// Whether the rest of a line that is too long is being passed over.
    var isPassingOver = false
    /// Whether nothing was looked at yet.
    private var isAtStart = true
    /// Bytes of the line that is being passed over.
    var passedBytes = 0
    /// Records of a stated layout that were rejected for their number of columns, before any good one.
    var misfits = 0
    /// Whether it is decided what parts the fields.
    var isDelimiterKnown = false
    var scanner = CSVScanner()
    /// The order of days and months: the stated one, or what the first records tell.
    var dates: DateOrder
    /// `nil` until the layout is known.
    var decoder: CDRRecordDecoder?
    /// Whether a record was read by the last layout; most of a file may have another one than its first records.
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

    /// Fills the batch with the next records and appends what had to be put aside. Returns false when there are no more.
    ///
    /// - Throws: ``ExtractError`` when the file cannot be read, or its layout is unknown or ambiguous.
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

    /// Looks at the beginning: whether the file is text, and in which encoding.
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

/// How far the bytes were used, and what is needed to go on.
struct Consumed {
    enum Need {
        /// The batch is full.
        case nothing
        /// The bytes end inside a record, or before the layout can be told.
        case bytes
    }
    let position: Int
    let need: Need
}
