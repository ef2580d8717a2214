import Glibc
import Testing

@testable import Base

/// Lines that were partly written by a killed program, and are written again.
@Suite struct ResumingTests {
    private func after(_ before: String, appending lines: String) throws -> String {
        var template = Array("/tmp/crm-voip-base-XXXXXX".utf8CString)
        let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
        defer {
            unlink("\(folder)/f")
            rmdir(folder)
        }
        try AtomicFile.replace("\(folder)/f", with: before.utf8)
        try OpenFile(appendingTo: "\(folder)/f").appendOnce(Array(lines.utf8))
        return String(decoding: try SmallFile(path: "\(folder)/f").bytes, as: UTF8.self)
    }

    @Test func `wherever it was cut, the file ends up complete, without duplicates`() throws {
        let lines = "\"a\",\"b\"\n\"a\",\"b\"\n\"c\nd\"\n"
        for before in ["", "\"x\"\n"] {
            for count in 0...lines.utf8.count {
                let torn = before + String(decoding: lines.utf8.prefix(count), as: UTF8.self)
                #expect(try after(torn, appending: lines) == before + lines, "\(count)")
            }
        }
    }

    @Test(arguments: [
        // A torn line of something else is ended.
        ("abc", "xyz\n", "abc\nxyz\n"),
        // The file ends with the beginning of the lines, but not at the beginning of a line.
        ("a\"", "\"x\"\n", "a\"\n\"x\"\n"),
        ("xab\n", "ab\nc\n", "xab\nab\nc\n"),
        // A part that only begins with the same text is not taken for the lines.
        ("ab\nac\n", "ab\nad\n", "ab\nac\nab\nad\n"),
        ("aab\n", "aaab\n", "aab\naaab\n"),
        ("aa\naa\na", "aa\naa\nab\n", "aa\naa\nab\n"),
        ("", "\n", "\n"),
    ])
    func `the existing content is recognised by its lines`(before: String, lines: String, result: String) throws {
        #expect(try after(before, appending: lines) == result)
    }
}
