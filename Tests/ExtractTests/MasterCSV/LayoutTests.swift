import CallRecords
import Testing

@testable import Extract

struct LayoutTests {
    /// Lines of a backend with its options, and the layout's name.
    @Test(arguments: [
        ("csv", 16), ("csv+uniqueid", 17), ("csv+userfield", 17), ("csv+uniqueid+userfield", 18), ("csv+new", 19),
        ("csv+uniqueid+new", 20), ("csv+userfield+new", 20), ("csv+uniqueid+userfield+new", 21),
        ("custom", 16), ("custom+uniqueid", 17), ("custom+uniqueid+userfield", 18),
        ("custom+uniqueid+userfield+sequence", 19),
    ])
    func `every layout is recognised by its shape`(name: String, columns: Int) throws {
        #expect(MasterCSVLayout(name)?.columns.count == columns)
        let lines = CDRLine.calls(30).enumerated().map { number, call in
            var line = call
            line.amaflags = ["DOCUMENTATION", "BILLING", "OMIT", "3", ""][number % 5]
            line.peeraccount = "sales"
            line.accountcode = "billing"
            // Half of them have a userfield.
            line.userfield = number % 2 == 0 ? "" : "did:74950000400"
            // Nobody answered.
            if number % 3 == 0 { (line.answer, line.billsec) = ("", "0") }
            return Self.line(line, name)
        }
        let reading = try CDRReading(lines.joined())
        #expect(reading.layouts == [name])
        #expect(reading.rejects == [])
        #expect(reading.records.count == 30)
        var texts = ["disposition=ANSWERED", "src=79161234567", "dst=101", "dcontext=from-trunk"]
        texts += ["clid=\"Анна \"А\"\" <79161234567>", "channel=PJSIP/trunk-00000001"]
        texts += ["dstchannel=PJSIP/101-00000002", "lastapp=Dial", "lastdata=PJSIP/101,30", "accountcode=billing"]
        if name.contains("uniqueid") { texts.insert("uniqueid=1795348801.1", at: 0) }
        if name.contains("new") {
            texts.insert("linkedid=1795348801.1", at: name.contains("uniqueid") ? 1 : 0)
            texts.append("peeraccount=sales")
        }
        if name.contains("userfield") { texts.append("userfield=did:74950000400") }
        let sequence = name.contains("new") || name.contains("sequence") ? "1" : "-"
        let times = "2026-11-22 12:00:01/2026-11-22 12:00:05/2026-11-22 12:00:30 30/25 2 \(sequence)"
        #expect(reading.records[1] == "2 \(times) \(texts.joined(separator: "|"))")
        #expect(reading.records[0].hasPrefix("1 2026-11-22 12:00:00/-/2026-11-22 12:00:30 30/0 3 "))
    }

    /// The seventeenth of 17 or 20 columns is text in every record, and not a uniqueid.
    @Test(arguments: [(false, "csv"), (true, "csv")]) func `an ambiguous layout is not guessed`(
        new: Bool,
        stem: String
    ) throws {
        let text = CDRLine.calls(30).map { call in
            var line = call
            line.userfield = "did:74950000400"
            return line.csv(uniqueid: false, userfield: true, new: new)
        }.joined()
        let error = #expect(throws: ExtractError.self) { try CDRReading(text) }
        #expect(error?.code == .ambiguousLayout)
        let names = ["csv+uniqueid", "csv+userfield"].map { new ? $0 + "+new" : $0 }
        for name in names {
            #expect(error?.message.contains("--layout \(name)") == true)
            // The suggested answer is accepted.
            #expect(try CDRReading(text, layout: name).records.count == 30)
        }
        #expect(error?.message.contains(new ? "20 columns" : "17 columns") == true)
        #expect(try CDRReading(text, layout: names[1]).records[0].contains("userfield=did:74950000400"))
    }

    @Test func `ids that the CRM supplied are ids`() throws {
        let text = CDRLine.calls(30).enumerated().map { number, call in
            var line = call
            if number % 3 == 0 { line.uniqueid = "crm-call-\(number)" }
            return line.csv(uniqueid: true, userfield: false, new: false)
        }.joined()
        #expect(try CDRReading(text).layouts == ["csv+uniqueid"])
    }

    /// The options of cdr.conf are changed; `loguserfield` is switched on, `newcdrcolumns` off and on.
    @Test func `options changed in the middle of a file`() throws {
        let calls = CDRLine.calls(40)
        var text = calls[..<10].map { $0.csv(userfield: false) }.joined()
        text += calls[10..<20].map { $0.csv() }.joined()
        text += calls[20..<30].map { $0.csv(new: false) }.joined()
        text += calls[30..<40].map { $0.csv() }.joined()
        let reading = try CDRReading(text)
        let full = "csv+uniqueid+userfield+new"
        #expect(reading.layouts == ["csv+uniqueid+new", full, "csv+uniqueid+userfield", full])
        #expect(reading.records.count == 40 && reading.rejects == [])
        // Two records with another number of columns are two broken ones.
        let two =
            calls[..<10].map { $0.csv() } + calls[10..<12].map { $0.csv(new: false) } + calls[12...].map { $0.csv() }
        #expect(try CDRReading(two.joined()).rejects == ["11 columns", "12 columns"])
        // A layout that is named explicitly is respected.
        #expect(try CDRReading(text, layout: full).rejects.count == 20)
    }

    @Test(arguments: ["", "\u{FEFF}"]) func `a header line names the columns`(mark: String) throws {
        // As FreePBX's table is exported.
        let header = "calldate,clid,src,dst,duration,billsec,disposition,uniqueid,did,somethingelse\n"
        let lines = (1...3).map { "2026-11-22 12:00:0\($0),Anna,101,102,3,2,ANSWERED,1795348800.\($0),74950000400,x\n" }
        let reading = try CDRReading(mark + header + lines.joined())
        #expect(reading.layouts == ["header"])
        #expect(
            reading.records[0]
                == "2 2026-11-22 12:00:01/-/- 3/2 - - uniqueid=1795348800.1|disposition=ANSWERED|src=101|dst=102|clid=Anna"
                + "|did=74950000400"
        )
        #expect(reading.records.count == 3 && reading.rejects == [])
        // A second file appended to the first; explicit columns for a file with its own header.
        #expect(try CDRReading(header + lines[0] + header + lines[1]).records.count == 2)
        #expect(try CDRReading(header + lines[0] + header + lines[1]).rejects == [])
        let names = "start,clid,src,dst,duration,billsec,disposition,uniqueid,did,-"
        let named = try CDRReading(mark + header + lines.joined(), layout: names)
        #expect(named.records == reading.records && named.rejects == [])
    }

    @Test func `an explicit list of columns`() throws {
        let reading = try CDRReading("x,@,101,1795348800,7\n", layout: "-, clid, src, start, sequence")
        #expect(reading.records == ["1 @1795348800/-/- -/- - 7 src=101|clid=@"])
        for wrong in ["", "start", "clid,src", "start,nonsense", "csv+", "start,,nonsense"] {
            #expect(MasterCSVLayout(wrong) == nil, "\(wrong)")
        }
    }

    @Test(arguments: [
        ("a,b,c,d,e\n", "5 columns"), ("\"foo\"bar\n", "not a CDR file"), ("\"a\"b,\n\"c\"d\n", "not a CDR file"),
        ("just text\n", "not a CDR file"),
    ])
    func `a file that is not a CDR file is reported as such`(text: String, message: String) {
        let error = #expect(throws: ExtractError.self) { try CDRReading(text) }
        #expect(error?.code == .unknownLayout)
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: ["", "\n", "\r\n\n"]) func `an empty file`(text: String) throws {
        let reading = try CDRReading(text)
        #expect(reading.records == [] && reading.rejects == [] && reading.read == 0)
    }

    /// One of two records is broken: the other one still reveals the layout.
    @Test func `a small file with as many broken records as good ones`() throws {
        let good = CDRLine.calls(2).map { $0.csv() }
        #expect(try CDRReading(good[0] + good[1].replacing("-11-", with: "-13-")).rejects == ["2 time"])
        #expect(try CDRReading("x,\(good[1])" + good[0]).rejects == ["1 columns"])
        #expect(try CDRReading("\"half\n" + good[0]).rejects == ["1 quoting"])
    }

    private static func line(_ line: CDRLine, _ name: String) -> String {
        if name.hasPrefix("custom") { return line.custom(name.split(separator: "+").count - 1) }
        return line.csv(
            uniqueid: name.contains("uniqueid"),
            userfield: name.contains("userfield"),
            new: name.contains("new")
        )
    }
}
