import Base
public import CallRecords

/// The kind and contents of a CDR or queue_log file. Reads the file once, from beginning to end, with memory that does
/// not grow with its size.
public struct FileInspection: Sendable {
    /// `-` for the standard input.
    public let path: String
    /// What the file is.
    public private(set) var kind = FileKind.empty
    /// The layouts of the CDRs, in order of appearance.
    public private(set) var layouts: [MasterCSVLayout] = []
    /// The fields of the first record, as an example of the columns' contents.
    public private(set) var example: [String] = []
    /// Why the rest of the file could not be read: its layout is unknown or ambiguous.
    public private(set) var failure: ExtractError?
    /// The layouts that fit equally well.
    public private(set) var choices: [MasterCSVLayout] = []
    /// Records, including rejected ones.
    public private(set) var records: Int64 = 0
    /// Records that cannot be read.
    public private(set) var rejected: Int64 = 0
    /// The first of the rejected records.
    public private(set) var rejects: [RejectedRecord] = []
    /// The earliest and the latest wall time; seconds since 1970 on that clock.
    public private(set) var walls: ClosedRange<Int64>?
    /// The earliest and the latest instant among times that identify one; seconds since 1970 UTC.
    public private(set) var instants: ClosedRange<Int64>?
    /// How often each event occurs in a queue_log.
    public private(set) var events: [String: Int] = [:]
    /// The changes made to texts.
    public private(set) var texts = TextNotes()
    /// Texts that were not valid UTF-8, or contained a NUL.
    public var mended: Int { texts.mended }
    /// Columns after those of a known layout, which are not read.
    public private(set) var furtherColumns = 0
    /// Whether the file ends inside a record.
    public private(set) var endsInsideRecord = false

    /// Called with evidence for the zone: when something happened, and the uniqueid of its channel.
    public typealias Witness = (RawTime, UniqueID?) -> Void
    /// Called with the number of bytes read, and the number of bytes on disk, which is `nil` for a pipe.
    public typealias Progress = (_ read: Int64, _ size: Int64?) throws -> Void

    /// The number of records held in memory.
    private static let batchRows = 5000
    /// The number of bytes by which the kind is recognised.
    private static let beginning = 64 * 1024
    /// The number of rejects that are kept.
    public static let shownRejects = 20

    /// Reads a file.
    ///
    /// - Throws: ``ExtractError`` if the file cannot be read; any error of `progress`. An unknown layout is not an
    ///   error but a ``failure``.
    public init(
        path: String,
        options: MasterCSVReader.Options = .init(),
        witness: Witness = { _, _ in },
        progress: Progress = { _, _ in }
    ) throws {
        self.path = path
        var options = options
        options.batchRows = Self.batchRows
        var input = try BufferedInput(path: path)
        try input.fill(Self.beginning)
        let beginning = input.take()
        kind = beginning.withUnsafeBufferPointer { FileKind(beginning: $0) }
        if kind == .cdr { example = Self.firstFields(beginning) }
        input.giveBack(beginning, used: 0)
        do {
            switch kind {
            case .empty: return
            case .queueLog: try readQueueLog(input, options, witness, progress)
            case .cdr, .unknown: try readCDRs(input, options, witness, progress)
            }
        } catch let error as ExtractError where error.code == .ambiguousLayout || error.code == .unknownLayout {
            failure = error
            choices =
                error.code == .ambiguousLayout
                ? MasterCSVLayout.known.filter { $0.columns.count == example.count } : []
            if example.count < 3 { (kind, example) = (.unknown, []) }
        }
    }

    private mutating func readCDRs(
        _ input: consuming BufferedInput,
        _ options: MasterCSVReader.Options,
        _ witness: Witness,
        _ progress: Progress
    ) throws {
        var reader = MasterCSVReader(input, options: options)
        var batch = CDRBatch()
        var aside: [RejectedRecord] = []
        while true {
            let more = try reader.next(into: &batch, rejects: &aside)
            keep(&aside)
            for header in batch.headers {
                note(header.start)
                witness(header.start, header.uniqueid?.parsed)
            }
            try progress(reader.progress.read, reader.progress.size)
            if !more { break }
        }
        layouts = reader.notes.layouts
        furtherColumns = reader.notes.furtherColumns
        if layouts.first?.name == "header" { example = [] }
        records = reader.notes.records
        texts = reader.notes.texts
        endsInsideRecord = reader.notes.endsInsideRecord
    }

    private mutating func readQueueLog(
        _ input: consuming BufferedInput,
        _ options: MasterCSVReader.Options,
        _ witness: Witness,
        _ progress: Progress
    ) throws {
        var reader = QueueLogReader(input, encoding: options.encoding, batchRows: Self.batchRows)
        var batch = QueueEventBatch()
        var aside: [RejectedRecord] = []
        while true {
            let more = try reader.next(into: &batch, rejects: &aside)
            keep(&aside)
            for record in 0..<batch.count {
                note(batch.times[record])
                guard let event = batch.string(.event, of: record) else { continue }
                events[event, default: 0] += 1
                // A call enters its first queue soon after it begins.
                guard event == "ENTERQUEUE" else { continue }
                witness(batch.times[record], batch.string(.callid, of: record).flatMap(UniqueID.init))
            }
            try progress(reader.progress.read, reader.progress.size)
            if !more { break }
        }
        records = reader.notes.records
        texts = reader.notes.texts
        endsInsideRecord = reader.notes.endsInsideRecord
    }

    private mutating func keep(_ aside: inout [RejectedRecord]) {
        rejected += Int64(aside.count)
        rejects += aside.prefix(max(0, Self.shownRejects - rejects.count))
        aside.removeAll(keepingCapacity: true)
    }

    private mutating func note(_ time: RawTime) {
        switch time {
        case .none: return
        case .wall(let wall): walls = min(walls?.lowerBound ?? wall, wall)...max(walls?.upperBound ?? wall, wall)
        case .instant(let moment):
            let at = moment.wholeSeconds
            instants = min(instants?.lowerBound ?? at, at)...max(instants?.upperBound ?? at, at)
        }
    }

    /// The fields of the first record, made safe for a terminal; empty if it cannot be split.
    private static func firstFields(_ bytes: [UInt8]) -> [String] {
        bytes.withUnsafeBufferPointer { bytes in
            var longest: [String] = []
            for delimiter in Delimiter.candidates {
                var scanner = CSVScanner(delimiter: delimiter)
                let start = Delimiter.directive(bytes)?.next ?? 0
                guard scanner.end(of: bytes, from: start) != nil, scanner.fields.count > longest.count else { continue }
                longest = scanner.fields.map { field in
                    let text = String(decoding: bytes[field.start..<field.end].prefix(1000), as: UTF8.self).printable
                    return field.hasDoubledQuote ? text.replacing("\"\"", with: "\"") : text
                }
            }
            return longest
        }
    }
}
