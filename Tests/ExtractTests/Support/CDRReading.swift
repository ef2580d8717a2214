import Base
import CallRecords
import TestSupport

@testable import Extract

/// Everything that a reader reports about a file, as comparable values.
struct CDRReading: Equatable {
    /// One CDR: line, typed columns and texts, as `line start/answer/end duration/billsec amaflags sequence texts`.
    var records: [String] = []
    /// `line code`, and the bytes rejected.
    var rejects: [String] = []
    var rejected: [[UInt8]] = []
    var layouts: [String] = []
    var mended = 0
    var endsInsideRecord = false
    var read: Int64 = 0

    /// Reads bytes that arrive in pieces of these lengths, repeatedly.
    init(
        _ bytes: [UInt8],
        pieces: [Int] = [1 << 20],
        batchRows: Int = 20_000,
        layout: String? = nil,
        encoding: TextEncoding = .latin1
    ) throws {
        let file = try TemporaryFile(bytes)
        try self.init(path: file.path, pieces: pieces, batchRows: batchRows, layout: layout, encoding: encoding)
    }

    init(_ text: String, pieces: [Int] = [1 << 20], batchRows: Int = 20_000, layout: String? = nil) throws {
        try self.init(Array(text.utf8), pieces: pieces, batchRows: batchRows, layout: layout)
    }

    init(
        path: String,
        pieces: [Int] = [1 << 20],
        batchRows: Int = 20_000,
        layout: String? = nil,
        encoding: TextEncoding = .latin1
    ) throws {
        var options = MasterCSVReader.Options()
        options.batchRows = batchRows
        options.encoding = encoding
        if let layout { options.layout = MasterCSVLayout(layout) }
        var reader = MasterCSVReader(BufferedInput(try InputFile(path: path), pieces: pieces), options: options)
        var batch = CDRBatch()
        var aside: [RejectedRecord] = []
        while try reader.next(into: &batch, rejects: &aside) { keep(batch) }
        keep(batch)
        rejects = aside.map { "\($0.line) \($0.defect.code.rawValue)" }
        rejected = aside.map(\.bytes)
        layouts = reader.notes.layouts.map(\.name)
        mended = reader.notes.texts.mended
        endsInsideRecord = reader.notes.endsInsideRecord
        read = reader.notes.records
    }

    private static func text(_ length: Int32?) -> String { length.map { "\($0)" } ?? "-" }

    private mutating func keep(_ batch: CDRBatch) {
        for (index, header) in batch.headers.enumerated() {
            let texts = CDRField.allCases.compactMap { field in
                batch.string(field, of: index).map { "\(field.name)=\($0)" }
            }
            let flags = header.amaflags.map { "\($0)" } ?? "-"
            let sequence = header.sequence.map { "\($0)" } ?? "-"
            records.append(
                "\(header.line) \(Self.text(header.start))/\(Self.text(header.answer))/\(Self.text(header.end))"
                    + " \(Self.text(header.duration))/\(Self.text(header.billsec)) \(flags) \(sequence) \(texts.joined(separator: "|"))"
            )
        }
    }

    static func text(_ time: RawTime) -> String {
        switch time {
        case .none: "-"
        case .wall(let wall): "\(CivilTime(secondsSince1970: wall))"
        case .instant(let moment): "@\(moment.wholeSeconds)"
        }
    }
}
