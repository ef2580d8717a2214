import CallRecords
import Testing

@testable import Extract

struct FileInspectionTests {
    @Test func `a CDR file`() throws {
        let calls = CDRLine.calls(100)
        let torn = calls[99].csv().dropLast(9)
        let file = try TemporaryFile(
            calls[..<60].map { $0.csv() }.joined() + "broken\n" + calls[60..<99].map { $0.csv() }.joined() + torn
        )
        var witnesses: [Int64] = []
        let found = try FileInspection(path: file.path, witness: { _, id in id.map { witnesses.append($0.epoch) } })
        #expect(found.kind == .cdr && found.layouts.map(\.name) == ["csv+uniqueid+userfield+new"])
        #expect(found.records == 100 && found.rejected == 1 && found.rejects.map(\.line) == [61])
        #expect(found.endsInsideRecord && found.mended == 0 && found.failure == nil)
        // 2026-11-22 12:00:00 to 12:01:38 on some wall clock; the ids begin at 1795348800.
        #expect(found.walls == 1_795_348_800...1_795_348_898 && found.instants == nil)
        #expect(witnesses == (0..<99).map { 1_795_348_800 + $0 })
        #expect(found.example.count == 21 && found.example[4] == "\"Анна \"А\"\" <79161234567>")
    }

    @Test func `a queue_log`() throws {
        let file = try TemporaryFile(QueueLogReaderTests.file)
        let found = try FileInspection(path: file.path)
        #expect(found.kind == .queueLog && found.records == 12 && found.rejected == 5)
        #expect(found.instants == 1_795_389_401...1_795_389_433 && found.walls == nil)
        #expect(found.events["QUEUESTART"] == 1 && found.events["MyOwn_Event.2"] == 1 && found.events.count == 7)
    }

    @Test func `an ambiguous file is shown and not refused`() throws {
        let lines = CDRLine.calls(5).map { call in
            var line = call
            line.userfield = "did:7"
            return line.csv(uniqueid: false, userfield: true, new: false)
        }
        let file = try TemporaryFile(lines.joined())
        let found = try FileInspection(path: file.path)
        #expect(found.failure?.code == .ambiguousLayout)
        #expect(
            found.choices.map(\.name).contains("csv+uniqueid") && found.choices.map(\.name).contains("csv+userfield")
        )
        #expect(found.example.last == "did:7")
    }

    @Test(arguments: [
        ("", FileKind.empty), ("\n\n", .empty), ("1795389401|NONE|NONE|NONE|QUEUESTART|\n", .queueLog),
        ("1795389401|NO", .queueLog), ("x\n1795389401|NONE|NONE|NONE|QUEUESTART|\n", .queueLog),
        ("\"\",\"101\"\n", .cdr), ("1795389401,x\n", .cdr), ("calldate,src,disposition\n", .cdr),
    ])
    func `the kind of a file`(text: String, kind: FileKind) {
        #expect(Array(text.utf8).withUnsafeBufferPointer { FileKind(beginning: $0) } == kind)
    }
}
