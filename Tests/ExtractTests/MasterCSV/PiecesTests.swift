import Testing
import TestSupport

@testable import Extract

/// However disk and pipe deliver the bytes, the records are the same.
struct PiecesTests {
    /// Good records, broken ones of every kind, other line ends, another layout and a torn end.
    static let file: [UInt8] = {
        let good = CDRLine.calls(9).map { $0.csv() }
        var newlines = CDRLine()
        newlines.lastdata = "one\ntwo, \"three\"\r\n"
        let torn = "\"\",\"79160000001\",\"101\",\"from-internal\",\"\"\"Half a na\n"
        var bytes: [UInt8] = []
        bytes += (good[0] + good[1].replacing("\n", with: "\r\n") + newlines.csv() + "\n").utf8
        bytes += (torn + good[2]).utf8
        bytes += good[3].replacing(",30,25,", with: ",x,25,").utf8
        bytes += good[4].replacing("Dial", with: "\u{1}ial").utf8.map { $0 == 1 ? 0xC4 : $0 }
        bytes += (good[5].replacing("\"101\"", with: "\"10\"1\"") + "no record at all\n" + good[6]).utf8
        bytes += CDRLine.calls(4, from: 20).map { $0.csv(userfield: false, new: false) }.joined().utf8
        bytes += good[8].dropLast(30).utf8
        return bytes
    }()

    /// Lines counted by hand: 1, 2, 3-5 (newlines), 6 empty, 7 torn, 8, 9 x, 10 Latin-1, 11 a quote, 12 none, 13,
    /// 14-17, 18 torn.
    @Test func `all at once`() throws {
        let reading = try CDRReading(Self.file)
        #expect(reading.records.compactMap { Int($0.prefix { $0 != " " }) } == [1, 2, 3, 8, 10, 13, 14, 15, 16, 17])
        #expect(reading.rejects == ["7 quoting", "9 number", "11 quoting", "12 columns"])
        #expect(reading.records[2].contains("lastdata=one\ntwo, \"three\"\r\n"))
        #expect(reading.records[4].contains("lastapp=Äial"))
        #expect(reading.layouts == ["csv+uniqueid+userfield+new", "csv+uniqueid"])
        #expect(reading.endsInsideRecord)
        #expect(reading.read == 14)
    }

    @Test func `byte by byte`() throws {
        #expect(try CDRReading(Self.file, pieces: [1]) == CDRReading(Self.file))
    }

    @Test func `split at every point`() throws {
        let whole = try CDRReading(Self.file)
        for cut in 1..<Self.file.count {
            let reading = try CDRReading(Self.file, pieces: [cut, Self.file.count])
            guard reading != whole else { continue }
            Issue.record("cut at \(cut): \(reading)")
            return
        }
    }

    @Test(arguments: 1...60 as ClosedRange<UInt64>) func `random pieces and batches`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let pieces = (0..<20).map { _ in Int.random(in: 1...700, using: &random) }
        let reading = try CDRReading(Self.file, pieces: pieces, batchRows: Int.random(in: 1...20, using: &random))
        #expect(try reading == CDRReading(Self.file))
    }

    /// A growing file: what was read yesterday is read again today, and more.
    @Test func `the beginning of a file gives the beginning of its records`() throws {
        let whole = try CDRReading(Self.file, layout: "csv+uniqueid+userfield+new")
        for length in 0...Self.file.count {
            let reading = try CDRReading(Array(Self.file.prefix(length)), layout: "csv+uniqueid+userfield+new")
            let isPrefix = whole.records.starts(with: reading.records) && whole.rejects.starts(with: reading.rejects)
            guard !isPrefix else { continue }
            Issue.record("\(length) bytes: \(reading)")
            return
        }
    }
}
