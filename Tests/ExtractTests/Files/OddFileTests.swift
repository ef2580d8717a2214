import CallRecords
import Glibc
import Testing

@testable import Extract

/// Files as they come: of other kinds, between other signs, with a mark before them.
@Suite struct OddFileTests {
    /// The beginning of a foreign file, and a word from the message about it.
    static let strangers: [(bytes: [UInt8], word: String)] = [
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00, 0x00, 0x04], "xz"),
        (Array("BZh91AY&SY".utf8), "bzip2"),
        ([0x28, 0xB5, 0x2F, 0xFD, 0x04], "zstd"),
        (Array("PK\u{3}\u{4}\u{14}".utf8), "zip"),
        (Array("%PDF-1.7\n".utf8), "PDF"),
        (Array("{\"calldate\": \"2026-11-23 09:00:00\"}\n".utf8), "JSON"),
        (Array("-- MySQL dump 10.19\n--\nCREATE TABLE `cdr` (\n".utf8), "SQL"),
        (Array("INSERT INTO cdr VALUES ('2026-11-23 09:00:00','a');\n".utf8), "SQL"),
        (Array("Asterisk Call Manager/9.0.0\r\nEvent: FullyBooted\r\n\r\n".utf8), "events --replay"),
        (Array("BEGIN:VCARD\nFN:Anna\nEND:VCARD\n".utf8), "vCard"),
        (Array("<?xml version=\"1.0\"?>\n<a/>\n".utf8), "XML"),
        (Array("id,name,phone\n1,Anna,030123456\n".utf8), "[contacts]"),
        (Array("Dear colleagues\nplease find the calls attached\nregards\n".utf8), "not a CDR file"),
        ((0..<600).map { UInt8(truncatingIfNeeded: $0 * 7 % 32) }, "not a text file"),
    ]

    @Test(arguments: strangers.indices) func `a file of another kind is named as what it is`(index: Int) throws {
        let (bytes, word) = Self.strangers[index]
        let file = try TemporaryFile(bytes)
        let inspection = try FileInspection(path: file.path)
        let sentence = try #require(inspection.failure?.message)
        #expect(sentence.contains(word), "\(sentence)")
        #expect(!sentence.unicodeScalars.contains { $0.value < 0x20 })
    }

    private static let header = "uniqueid;dst;src;billsec;duration;calldate;disposition;site"
    private static let row = "1795424400.10;101;+4915112345678;60;65;2026-11-23 09:00:00;ANSWERED;x"
    private static let leg = "2026-11-23 09:00:00/-/- 65/60 - -"

    /// A CDR file, and its only leg with its line.
    static let files: [(text: String, leg: String)] = [
        (header + "\n" + row + "\n", "2"),
        (header.replacing(";", with: ",") + "\r\n" + row.replacing(";", with: ",") + "\r\n", "2"),
        (header.replacing(";", with: "\t") + "\n" + row.replacing(";", with: "\t") + "\n", "2"),
        (header.replacing(";", with: "|") + "\n" + row.replacing(";", with: "|") + "\n", "2"),
        ("sep=;\n" + header + "\n" + row + "\n", "3"),
        ("\u{FEFF}" + header + "\n" + row + "\n", "2"),
        (header.replacing("calldate", with: "Call Date").replacing("src", with: "Source") + "\n" + row + "\n", "2"),
        // The table has both time columns and uses the second.
        ("calldate;start;" + header.replacing("calldate", with: "x") + "\nNULL;2026-11-23 09:00:00;" + row + "\n", "2"),
    ]

    @Test(arguments: files.indices) func `a header line is read in any order, with any delimiter`(index: Int) throws {
        let (text, line) = Self.files[index]
        let reading = try CDRReading(text)
        #expect(reading.rejects == [])
        #expect(reading.records.count == 1 && reading.records.first?.hasPrefix("\(line) \(Self.leg)") ?? false)
        #expect(reading.records.first?.contains("src=+4915112345678") ?? false)
    }

    @Test func `NULL and backslash N are empty without quotes, and text with quotes`() throws {
        let head = "calldate,src,dst,duration,billsec,disposition,linkedid,did,userfield\n"
        let reading = try CDRReading(head + "2026-11-23 09:00:00,101,102,5,0,BUSY,NULL,\\N,\"NULL\"\n")
        #expect(
            reading.records == ["2 2026-11-23 09:00:00/-/- 5/0 - - disposition=BUSY|src=101|dst=102|userfield=NULL"]
        )
    }

    /// A queue_log in another form; each has one ENTERQUEUE of the queue `support` by +4915112345678.
    static let queueLogs = [
        "1795424400|1795424400.1|support|NONE|ENTERQUEUE||+4915112345678|1\n",
        "\u{FEFF}1795424400|1795424400.1|support|NONE|ENTERQUEUE||+4915112345678|1\n",
        "time,callid,queuename,agent,event,data1,data2,data3\n2026-11-23 09:00:00.5,1795424400.1,support,NONE,ENTERQUEUE,,+4915112345678,1\n",
        "id\ttime\tevent\tagent\tqueuename\tcallid\tdata\n1\t2026-11-23 09:00:00\tENTERQUEUE\tNONE\tsupport\t1795424400.1\t|+4915112345678|1\n",
        "7;2026-11-23 09:00:00;1795424400.1;support;NONE;ENTERQUEUE;;+4915112345678;1;NULL;\\N\n",
        "1795424400,1795424400.1,support,NONE,ENTERQUEUE,,+4915112345678,1\n",
    ]

    @Test(arguments: queueLogs.indices) func `a queue_log is read from a dump of its table, too`(index: Int) throws {
        let file = try TemporaryFile(Array(Self.queueLogs[index].utf8))
        var reader = try QueueLogReader(path: file.path)
        var batch = QueueEventBatch()
        var rejects: [RejectedRecord] = []
        _ = try reader.next(into: &batch, rejects: &rejects)
        #expect(rejects.isEmpty && batch.count == 1)
        #expect(batch.string(.event, of: 0) == "ENTERQUEUE" && batch.string(.queue, of: 0) == "support")
        #expect(batch.string(.callid, of: 0) == "1795424400.1" && batch.string(.agent, of: 0) == nil)
        #expect(batch.string(.data1, of: 0) == nil && batch.string(.data2, of: 0) == "+4915112345678")
        #expect(batch.string(.data3, of: 0) == "1" && batch.string(.data4, of: 0) == nil)
    }

    @Test(arguments: ["fifo", "socket", "/dev/zero", "/dev/urandom", "/tmp"])
    func `input that never ends or never begins is refused`(what: String) throws {
        let path = what.hasPrefix("/") ? what : "/tmp/crm-voip-odd-\(getpid())-\(what)"
        defer { if !what.hasPrefix("/") { unlink(path) } }
        if what == "fifo" { mkfifo(path, 0o600) }
        if what == "socket" { try #require(Self.socket(at: path)) }
        let error = #expect(throws: ExtractError.self) { _ = try FileInspection(path: path) }
        #expect(error?.code == .noInput)
        var contacts = ContactCSV(path: path)
        #expect(throws: ExtractError.self) { try contacts.forEachContact { _ in } }
    }

    private static func socket(at path: String) -> Bool {
        let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        } == 0
    }

    @Test func `an endless header of contacts is refused without being kept in memory`() throws {
        let file = try TemporaryFile(Array("name,phone,".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: 3 << 20))
        var contacts = ContactCSV(path: file.path)
        #expect(throws: ExtractError.self) { try contacts.forEachContact { _ in } }
    }
}
