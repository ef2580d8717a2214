import Base
import Testing

@testable import Extract

struct MendingTests {
    /// The bytes of a text, its encoding, the text, and whether it had to be changed.
    @Test(
        arguments: [
            ("Anna", TextEncoding.latin1, "Anna", 0), ("Анна €", .latin1, "Анна €", 0),
            ("x\0y", .latin1, "x\u{FFFD}y", 1), ("Анна\0", .cp1251, "Анна\u{FFFD}", 1),
        ] as [(String, TextEncoding, String, Int)]
    )
    func `UTF-8 is kept, except for a NUL`(source: String, encoding: TextEncoding, text: String, changes: Int) throws {
        try check(Array(source.utf8), encoding, text, changes)
    }

    @Test(
        arguments: [
            ([0x4A, 0x6F, 0x73, 0xE9], .latin1, "José"), ([0xC0, 0xED, 0xED, 0xE0], .cp1251, "Анна"),
            ([0xC0, 0xED, 0xED, 0xE0], .latin1, "Àííà"), ([0x88, 0xB9, 0xA8, 0xB8, 0x98], .cp1251, "€№Ёё\u{FFFD}"),
            ([0xE9, 0x00], .latin1, "é\u{FFFD}"), ([0xFF, 0xFE], .latin1, "ÿþ"),
            // Surrogates and overlong forms are not valid UTF-8.
            ([0xED, 0xA0, 0x80], .latin1, "í\u{A0}€"), ([0xC0, 0xAF], .latin1, "À¯"),
        ] as [([UInt8], TextEncoding, String)]
    )
    func `other bytes are read in their encoding`(bytes: [UInt8], encoding: TextEncoding, text: String) throws {
        try check(bytes, encoding, text, 1)
    }

    /// Asterisk's buffers count bytes: a name is cut where they end.
    @Test(arguments: ["Елена", "Ася €", "Ася 😀"]) func `a character cut off at the end`(name: String) throws {
        let last = String(name.suffix(1))
        for missing in 1..<last.utf8.count {
            for encoding in TextEncoding.allCases {
                try check(name.utf8.dropLast(missing), encoding, String(name.dropLast()) + "\u{FFFD}", 1)
            }
        }
    }

    /// The position of a byte, and what surrounds it, does not matter: every text that contains one is found.
    @Test(arguments: [0x00, 0x80, 0xFF] as [UInt8]) func `suspicious bytes are seen`(byte: UInt8) {
        for length in 0..<40 {
            let clean = (0..<length).map { UInt8(1 + $0 * 7 % 127) }
            #expect(!clean.withUnsafeBufferPointer { TextMender.isSuspicious($0) })
            for place in 0..<length {
                var bytes = clean
                bytes[place] = byte
                #expect(bytes.withUnsafeBufferPointer { TextMender.isSuspicious($0) }, "\(place) of \(length)")
            }
        }
    }

    @Test(
        arguments: [
            ("UTF-8", TextEncoding.utf8), ("latin1", .latin1), ("ISO-8859-1", .latin1), ("Windows-1251", .cp1251),
            ("cp1251", .cp1251), ("utf-7", nil),
        ] as [(String, TextEncoding?)]
    )
    func `names of encodings`(name: String, encoding: TextEncoding?) {
        #expect(TextEncoding(name: name) == encoding)
    }

    @Test func `every repaired text of a file is counted`() throws {
        var bytes: [UInt8] = []
        for (number, line) in CDRLine.calls(6).enumerated() {
            let name = [1, 3].contains(number) ? "\u{1}" : "Анна"
            bytes += line.csv().replacing("Анна", with: name).utf8.map { $0 == 1 ? 0xE9 : $0 }
        }
        let reading = try CDRReading(bytes, layout: nil)
        // In Latin-1, the second `А` of the name is two characters; the CSV's quotes are not part of it.
        #expect(reading.mended == 2 && reading.rejects == [])
        #expect(reading.records[0].contains("clid=\"Анна \"А\"\" <79161234567>"))
        #expect(reading.records[1].contains("clid=\"é \"Ð\u{90}\"\" <79161234567>"))
    }

    private func check(_ bytes: some Sequence<UInt8>, _ encoding: TextEncoding, _ text: String, _ changes: Int) throws {
        var mender = TextMender(encoding: encoding)
        let result = Array(bytes).withUnsafeBufferPointer { mender.withMended($0) { Array($0) } }
        #expect(result == Array(text.utf8), "\(String(decoding: result, as: UTF8.self))")
        #expect(mender.mended == changes)
    }
}
