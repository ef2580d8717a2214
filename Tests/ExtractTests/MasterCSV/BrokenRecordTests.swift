import Testing

@testable import Extract

/// One broken record costs one record.
struct BrokenRecordTests {
    private static let line = CDRLine().csv()

    /// What goes wrong, the resulting record, and the code of the reason.
    static let defects: [(String, String, String)] = [
        ("a column is missing", String(line.dropLast(3)) + "\n", "columns"),
        ("a column too many", String(line.dropLast()) + ",\"\"\n", "columns"),
        ("a line of text", "Nov 22 12:00:00 pbx asterisk[1]: restarted\n", "columns"),
        ("a quote is never closed", "\"\",\"791600\n", "quoting"),
        (
            "a quote is never closed, and the line is torn in a text with quotes", "\"\",\"7916\",\"\"\"Half a na\n",
            "quoting"
        ),
        ("a text after a quote", line.replacing("\"101\"", with: "\"10\"1\""), "quoting"),
        ("the thirteenth month", line.replacing("\"2026-11-22 12:00:00\"", with: "\"2026-13-22 12:00:00\""), "time"),
        ("no start", line.replacing("\"2026-11-22 12:00:00\"", with: ""), "time"),
        ("a bad answer", line.replacing("12:00:05", with: "12:00:65"), "time"),
        ("a bad end", line.replacing("2026-11-22 12:00:30", with: "soon"), "time"),
        ("a NUL in a time", line.replacing("12:00:05", with: "12:0\0:05"), "time"),
        ("an invalid length", line.replacing(",30,25,", with: ",x,25,"), "number"),
        ("a length with a unit", line.replacing(",30,25,", with: ",30,25s,"), "number"),
        ("invalid flags", line.replacing("DOCUMENTATION", with: "BOTH"), "number"),
        ("an invalid sequence", line.replacing(",1\n", with: ",one\n"), "number"),
        ("a sequence beyond all", line.replacing(",1\n", with: ",2147483648\n"), "number"),
        ("a quoted text of 70 KB", line.replacing("Dial", with: String(repeating: "x", count: 70_000)), "too-long"),
        (
            "200 KB without quotes", line.replacing(",30,25,", with: ",\(String(repeating: "9", count: 200_000)),25,"),
            "too-long"
        ),
        (
            "70 KB and a quote astray", line.replacing("Dial", with: "\"" + String(repeating: "x", count: 70_000)),
            "quoting"
        ),
    ]

    @Test(arguments: 0..<defects.count, [[1 << 20], [4099], [70_000, 1, 130, 9]])
    func `it is set aside with its line, and all others are read`(index: Int, pieces: [Int]) throws {
        let (what, broken, code) = Self.defects[index]
        let good = CDRLine.calls(40).map { $0.csv() }
        let text = good[..<20].joined() + broken + good[20...].joined()
        let reading = try CDRReading(text, pieces: pieces)
        #expect(reading.records.map { Int($0.prefix { $0 != " " }) } == Array(1...20) + Array(22...41), "\(what)")
        #expect(reading.rejects == ["21 \(code)"], "\(what)")
        // As it was read, without its line end, and at most 64 KB of it.
        #expect(reading.rejected == [Array(broken.utf8.dropLast().prefix(65_536))], "\(what)")
        #expect(reading.read == 41 && !reading.endsInsideRecord)
        #expect(reading.mended == 0)
    }

    @Test func `a record of 64 KiB is read, one byte more is too long`() throws {
        let good = CDRLine.calls(2).map { $0.csv() }
        let fill = 65_536 - Self.line.utf8.count
        let longest = Self.line.replacing("Dial", with: "Dial" + String(repeating: "x", count: fill))
        #expect(longest.utf8.count == 65_536)
        #expect(try CDRReading(good[0] + longest + good[1]).records.count == 3)
        let longer = longest.replacing("Dial", with: "Dialx")
        #expect(try CDRReading(good[0] + longer + good[1]).rejects == ["2 too-long"])
    }

    @Test func `a missing quote hides nothing that follows, not even 70 KB`() throws {
        let good = CDRLine.calls(500).map { $0.csv() }
        let text = good[..<100].joined() + "\"\",\"7916\",\"\"\"Half a na\n" + good[100...].joined()
        let reading = try CDRReading(text, pieces: [10_007])
        #expect(reading.records.count == 500 && reading.rejects == ["101 quoting"])
    }

    /// The PBX is still writing it.
    @Test func `the torn last record is left for the next run`() throws {
        let good = CDRLine.calls(3).map { $0.csv() }
        let last = good[2]
        for length in 1..<last.utf8.count {
            let reading = try CDRReading(Array((good[0] + good[1]).utf8) + Array(last.utf8.prefix(length)))
            #expect(reading.records.count == 2 && reading.rejects == [] && reading.endsInsideRecord, "\(length) bytes")
        }
        #expect(try CDRReading(good.joined()).endsInsideRecord == false)
    }

    @Test func `rubbish takes no more memory than a batch`() throws {
        let reading = try CDRReading(
            CDRLine.calls(2).map { $0.csv() }.joined() + String(repeating: "rubbish\n", count: 5000),
            batchRows: 10,
            layout: "csv+uniqueid+userfield+new"
        )
        #expect(reading.rejects.count == 5000 && reading.records.count == 2)
        #expect(reading.rejects.last == "5002 columns")
    }
}
