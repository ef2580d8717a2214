import Testing
import TestSupport

@testable import Extract

struct CSVScannerTests {
    /// Bytes, the texts of the first record and what remains after it; `nil` if there is no record.
    @Test(arguments: [
        ("a,b\nc", ["a", "b"], "c"), ("a,b\r\nc", ["a", "b"], "c"), ("\n", [""], ""), ("\r\nx", [""], "x"),
        (",\n", ["", ""], ""), (",\r\n", ["", ""], ""), ("\"\",\"\"\n", ["", ""], ""),
        ("\"a,b\",c\n", ["a,b", "c"], ""), ("\"a\nb\",c\nd", ["a\nb", "c"], "d"), ("\"a\r\nb\"\r\n", ["a\r\nb"], ""),
        ("\"a\"\"b\"\n", ["a\"b"], ""), ("\"\"\"\"\n", ["\""], ""), ("\"\"\"a\"\"\",1\n", ["\"a\"", "1"], ""),
        // A quote inside an unquoted text is an ordinary character.
        ("a\"b,\"c\"\n", ["a\"b", "c"], ""), ("a\rb,c\n", ["a\rb", "c"], ""),
        ("Ы,\"\u{0}\"\n", ["Ы", "\0"], ""),
    ])
    func `a record is cut into its fields`(text: String, fields: [String], rest: String) {
        let bytes = Array(text.utf8)
        let cut = Self.first(bytes)
        #expect(cut?.fields == fields.map { Array($0.utf8) })
        #expect(cut.map { Array(bytes[$0.next...]) } == Array(rest.utf8))
        // Whatever part is missing, it is incomplete and not invalid.
        var scanner = CSVScanner()
        for length in 0..<(cut?.next ?? 0) {
            let outcome = bytes.prefix(length).withUnsafeBufferPointer { scanner.scan($0, from: 0) }
            #expect(outcome == .incomplete, "\(length) bytes")
        }
    }

    @Test(arguments: ["\"a\"b\n", "\"a\" ,b\n", "\"a\"\rb\n", "x,\"\"y\n"])
    func `a quote in the wrong place`(text: String) {
        var scanner = CSVScanner()
        #expect(Array(text.utf8).withUnsafeBufferPointer { scanner.scan($0, from: 0) } == .malformed)
    }

    @Test func `another delimiter`() {
        var scanner = CSVScanner(delimiter: UInt8(ascii: ";"))
        let bytes = Array("a,b;\"c;d\"\n".utf8)
        #expect(bytes.withUnsafeBufferPointer { scanner.scan($0, from: 0) } == .record(next: 10))
        #expect(scanner.fields.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) } == ["a,b", "c;d"])
    }

    /// Text written according to RFC 4180 is read back unchanged, wherever it is cut.
    @Test(arguments: 1...200 as ClosedRange<UInt64>) func `written and read again`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("ab,;\"\"\n\r\0ж".utf8)
        let records = (0..<Int.random(in: 1...20, using: &random)).map { _ in
            (0..<Int.random(in: 1...6, using: &random)).map { _ in
                (0..<Int.random(in: 0...9, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            }
        }
        var bytes: [UInt8] = []
        for record in records {
            for (index, field) in record.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                let mustQuote = field.isEmpty && record.count == 1 || field.contains { ",\"\n\r".utf8.contains($0) }
                if mustQuote || Bool.random(using: &random) {
                    bytes.append(UInt8(ascii: "\""))
                    for byte in field { bytes += byte == UInt8(ascii: "\"") ? [byte, byte] : [byte] }
                    bytes.append(UInt8(ascii: "\""))
                } else {
                    bytes += field
                }
            }
            bytes += Bool.random(using: &random) ? [13, 10] : [10]
        }
        var read: [[[UInt8]]] = []
        var rest = bytes
        while let cut = Self.first(rest) {
            read.append(cut.fields)
            rest.removeFirst(cut.next)
        }
        #expect(rest == [])
        #expect(read == records)
    }

    private static func first(_ bytes: [UInt8]) -> (fields: [[UInt8]], next: Int)? {
        var scanner = CSVScanner()
        return bytes.withUnsafeBufferPointer { buffer in
            guard case .record(let next) = scanner.scan(buffer, from: 0) else { return nil }
            let fields = scanner.fields.map { field in
                var text: [UInt8] = []
                CSVScanner.unescape(UnsafeBufferPointer(rebasing: buffer[field.start..<field.end]), into: &text)
                return field.hasDoubledQuote ? text : Array(buffer[field.start..<field.end])
            }
            return (fields, next)
        }
    }
}
