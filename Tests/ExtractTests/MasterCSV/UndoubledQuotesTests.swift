import Testing

@testable import Extract

/// Mappings of cdr_custom such as `"${CDR(clid)}","${CDR(src)}"`, which do not double quotes.
struct UndoubledQuotesTests {
    private static let calls = CDRLine.calls(40)

    /// What such a mapping writes for a record that Asterisk's own sample writes with doubled quotes.
    private static func undoubled(_ call: CDRLine) -> String {
        let texts = call.custom().dropLast().split(separator: ",\"", omittingEmptySubsequences: false)
        return texts.joined(separator: ",\"").replacing("\"\"", with: "\"") + "\n"
    }

    private static let lines = calls.map { call in
        var call = call
        // An empty text would lose a quote to the replacement above.
        (call.accountcode, call.userfield) = ("billing", "did")
        return call
    }

    @Test func `the lines are those that the PBX writes`() {
        #expect(Self.undoubled(Self.lines[0]).hasPrefix("\"\"Анна \"А\"\" <79161234567>\",\"79161234567\",\"101\","))
    }

    @Test(arguments: [[1 << 20], [4099], [701, 1, 9]], [nil, "custom+uniqueid+userfield+sequence"])
    func `they are read as if quotes were doubled`(pieces: [Int], layout: String?) throws {
        let text = Self.lines.map(Self.undoubled).joined()
        let reading = try CDRReading(text, pieces: pieces, layout: layout)
        #expect(reading == (try CDRReading(Self.lines.map { $0.custom() }.joined())))
        #expect(reading.records.count == 40 && reading.rejects == [])
        #expect(reading.layouts == ["custom+uniqueid+userfield+sequence"])
        #expect(reading.records[0].contains("|clid=\"Анна \"А\"\" <79161234567>|"))
        let windows = text.replacing("\n", with: "\r\n")
        #expect(try CDRReading(windows, pieces: pieces, layout: layout) == reading)
    }

    @Test func `a comma in a name is part of it`() throws {
        var call = Self.lines[0]
        call.clid = "\"ACME, Inc.\" <101>"
        let line = Self.undoubled(call)
        #expect(line.hasPrefix("\"\"ACME, Inc.\" <101>\","))
        let reading = try CDRReading(line + line)
        #expect(reading.records.count == 2 && reading.records[0].contains("|clid=\"ACME, Inc.\" <101>|"))
    }

    @Test func `both ways of writing may occur in one file`() throws {
        let mixed = Self.lines.enumerated().map { $0 % 3 == 0 ? Self.undoubled($1) : $1.custom() }.joined()
        #expect(try CDRReading(mixed) == CDRReading(Self.lines.map { $0.custom() }.joined()))
    }

    @Test func `the mapping may come later than the file`() throws {
        let text = Self.lines[..<20].map { $0.csv() }.joined() + Self.lines[20...].map(Self.undoubled).joined()
        let reading = try CDRReading(text)
        #expect(reading.records.count == 40 && reading.rejects == [])
        #expect(reading.layouts == ["csv+uniqueid+userfield+new", "custom+uniqueid+userfield+sequence"])
    }

    /// What does not fit the layout remains invalid: a quote is where none may be.
    @Test(arguments: [
        ("\"Анна", "Анна"), ("\"101\",", "\"101\",\"102\","), ("\"from-trunk\",", ""),
        ("-22 12:00:00\"", "-32 12:00:00\""), ("\"30\"", "\"half a minute\""),
        ("\"DOCUMENTATION\"", "\"BOTH\""), ("\"did\"", "\"did"), ("\"did\"", "did\""),
    ])
    func `a record that does not fit is set aside`(text: String, wrong: String) throws {
        let lines = Self.lines.map(Self.undoubled)
        let broken = lines[0].replacing(text, with: wrong)
        #expect(broken != lines[0])
        let reading = try CDRReading(lines[..<10].joined() + broken + lines[10...].joined())
        #expect(reading.rejects == ["11 quoting"] && reading.rejected == [Array(broken.utf8.dropLast())])
        #expect(reading.records.count == 40)
    }

    /// A PBX that was killed while writing begins its next record on the same line.
    @Test func `a torn record does not spoil the next one`() throws {
        let lines = Self.lines.map { $0.csv() }
        let whole = try CDRReading(lines.joined())
        // Directly after the first text, the two quotes look like a doubled one.
        for length in 1..<lines[0].utf8.count - 1 where length != "\"billing\"".utf8.count {
            let torn = Array(lines[0].utf8.prefix(length)) + Array(lines[1].utf8)
            let reading = try CDRReading(Array(lines[0].utf8) + torn + Array(lines[2].utf8))
            #expect(reading.rejects.count == 1 && reading.records.count == 2, "\(length) bytes")
            #expect(reading.records.first == whole.records[0])
        }
    }
}
