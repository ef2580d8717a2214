import Base
import CallRecords
import Testing
import TestSupport

@testable import Extract

struct QueueLogReaderTests {
    /// One line with every kind of fault, among good ones.
    static let lines = [
        "1795389401|NONE|NONE|NONE|QUEUESTART|\n",
        "1795389423|MANAGER|support|Елена|ADDMEMBER|\n",
        "1795389427|lab-1795389427.4|support|NONE|ENTERQUEUE||9162976225|1\r\n",
        "\n",
        "nonsense\n",
        "1795389429.25|lab-1795389427.4|support|Bob|CONNECT|2|lab-1795389427.6|2\n",
        "1795389429|lab-1795389427.4|support|Bob\n",
        "|lab-1795389427.4|support|Bob|CONNECT|2\n",
        "1795389430|1.2|q|a|NO EVENT|\n",
        "1795389430|1.2|q|a||\n",
        "1795389431|lab-1795389431.7|support|NONE|MyOwn_Event.2|a|b|c|d|e|f|g\n",
        "1795389432|1.2|q|Jos\u{1}|PAUSE|lunch\n",
        "1795389433|1.2|q|SIP/1|COMPLETEAGENT|2|30|1\n",
        "1795389434|1.2|q|SIP/1|ATTENDED",
    ]
    static let file = lines.joined().utf8.map { $0 == 1 ? 0xE9 : $0 }
    static let events = [
        "1 @1795389401 event=QUEUESTART",
        "2 @1795389423 queue=support|agent=Елена|event=ADDMEMBER",
        "3 @1795389427 callid=lab-1795389427.4|queue=support|event=ENTERQUEUE|data2=9162976225|data3=1",
        "6 @1795389429 callid=lab-1795389427.4|queue=support|agent=Bob|event=CONNECT|data1=2|data2=lab-1795389427.6|data3=2",
        "11 @1795389431 callid=lab-1795389431.7|queue=support|event=MyOwn_Event.2|data1=a|data2=b|data3=c|data4=d|data5=e|f|g",
        "12 @1795389432 callid=1.2|queue=q|agent=José|event=PAUSE|data1=lunch",
        "13 @1795389433 callid=1.2|queue=q|agent=SIP/1|event=COMPLETEAGENT|data1=2|data2=30|data3=1",
    ]

    @Test func `all at once`() throws {
        let reading = try QueueLogReading(Self.file)
        #expect(reading.events == Self.events)
        #expect(reading.rejects == ["5 time", "7 event", "8 time", "9 event", "10 event"])
        #expect(reading.rejected[0] == Array("nonsense".utf8))
        #expect(reading.mended == 1 && reading.endsInsideRecord)
        #expect(reading.read == 12)
    }

    @Test(arguments: [1, 1 << 16]) func `a file of another kind is refused, not rejected line by line`(piece: Int) {
        let line = "\"\",\"79160000001\",\"400\",\"from-internal\",\"\",\"PJSIP/101-00000001\"\n"
        let error = #expect(throws: ExtractError.self) {
            try QueueLogReading(Array(String(repeating: line, count: 20).utf8), pieces: [piece])
        }
        #expect(error?.code == .unknownLayout)
        // This few lines may be torn ones.
        let few = try? QueueLogReading(Array(String(repeating: line, count: 19).utf8), pieces: [piece])
        #expect(few?.rejects.count == 19)
    }

    @Test func `byte by byte`() throws {
        #expect(try QueueLogReading(Self.file, pieces: [1]) == QueueLogReading(Self.file))
    }

    @Test func `split at every point`() throws {
        let whole = try QueueLogReading(Self.file)
        for cut in 1..<Self.file.count {
            #expect(try QueueLogReading(Self.file, pieces: [cut, 1 << 16]) == whole, "cut at \(cut)")
        }
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>) func `random pieces and batches`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let pieces = (0..<9).map { _ in Int.random(in: 1...90, using: &random) }
        let reading = try QueueLogReading(Self.file, pieces: pieces, batchRows: Int.random(in: 1...9, using: &random))
        #expect(try reading == QueueLogReading(Self.file))
    }

    @Test func `the beginning of a file gives the beginning of its events`() throws {
        let whole = try QueueLogReading(Self.file)
        for length in 0...Self.file.count {
            let reading = try QueueLogReading(Array(Self.file.prefix(length)))
            #expect(
                whole.events.starts(with: reading.events) && whole.rejects.starts(with: reading.rejects),
                "\(length)"
            )
            #expect(
                reading.endsInsideRecord == (length > 0 && Self.file[length - 1] != UInt8(ascii: "\n")),
                "\(length)"
            )
        }
    }

    /// 64 KiB are a valid line, one byte more is not; the following lines are read, however the bytes arrive.
    @Test(arguments: [0, 1, 2, 200_000], [[1 << 20], [65_536, 1, 1, 1], [4099]])
    func `a line that is too long`(more: Int, pieces: [Int]) throws {
        let start = "1795389401|1.2|q|a|EVENT|"
        let long = start + String(repeating: "x", count: 65_536 - start.utf8.count + more)
        for end in ["\n", "\r\n"] {
            let reading = try QueueLogReading(Array((Self.lines[0] + long + end + Self.lines[12]).utf8), pieces: pieces)
            #expect(reading.rejects == (more == 0 ? [] : ["2 too-long"]), "\(more) more, \(pieces)")
            #expect(reading.events.count == (more == 0 ? 3 : 2))
            #expect(reading.events.last?.hasPrefix("3 @1795389433") == true)
            #expect(reading.rejected.allSatisfy { $0 == Array(long.utf8.prefix(65_536)) })
        }
    }
}

/// Everything that a reader reports about a file.
struct QueueLogReading: Equatable {
    var events: [String] = []
    var rejects: [String] = []
    var rejected: [[UInt8]] = []
    var mended = 0
    var endsInsideRecord = false
    var read: Int64 = 0

    init(_ bytes: [UInt8], pieces: [Int] = [1 << 20], batchRows: Int = 20_000) throws {
        let file = try TemporaryFile(bytes)
        let input = BufferedInput(try InputFile(path: file.path), pieces: pieces)
        var reader = QueueLogReader(input, encoding: .latin1, batchRows: batchRows)
        var batch = QueueEventBatch()
        var aside: [RejectedRecord] = []
        var isDone = false
        while !isDone {
            isDone = try !reader.next(into: &batch, rejects: &aside)
            for index in 0..<batch.count {
                let texts = QueueEventField.allCases.compactMap { field in
                    batch.string(field, of: index).map { "\(field)=\($0)" }
                }
                let time = CDRReading.text(batch.times[index])
                events.append("\(batch.lines[index]) \(time) \(texts.joined(separator: "|"))")
            }
        }
        rejects = aside.map { "\($0.line) \($0.defect.code.rawValue)" }
        rejected = aside.map(\.bytes)
        mended = reader.notes.texts.mended
        endsInsideRecord = reader.notes.endsInsideRecord
        read = reader.notes.records
    }
}
