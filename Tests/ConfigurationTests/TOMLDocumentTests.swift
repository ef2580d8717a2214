import Testing

@testable import Configuration

@Suite struct TOMLDocumentTests {
    private func nodes(_ text: String) throws -> [TOMLDocument.Node] {
        try TOMLDocument(parsing: Array(text.utf8), file: "f.toml").nodes
    }

    @Test func `Nodes come in the order of the text, with the places of their keys`() throws {
        let nodes = try nodes(
            """
            [z]
              b = "text"
            [a.c]
            d = [1, "two"]
            """
        )
        #expect(nodes.map(\.path) == [["z"], ["z", "b"], ["a"], ["a", "c"], ["a", "c", "d"]])
        #expect(nodes[1].content == .scalar(.init(form: .text, text: "text")))
        #expect((nodes[1].line, nodes[1].column) == (2, 3))
        #expect(
            nodes[4].content
                == .array([.init(form: .integer, text: "1"), .init(form: .text, text: "two")])
        )
        #expect(nodes[4].line == 4)
    }

    @Test(
        arguments: [
            ("true", TOMLDocument.Scalar.Form.boolean, "true"),
            ("42", .integer, "42"),
            ("0x1F", .integer, "31"),
            ("1_000", .integer, "1000"),
            ("0.1", .number, "0.1"),
            ("2.5e3", .number, "2500"),
            ("\"a\\tb\"", .text, "a\tb"),
            ("'C:\\x'", .text, "C:\\x"),
            ("\"\"\"\none\ntwo\"\"\"", .text, "one\ntwo"),
            ("1979-05-27", .time, "1979-05-27"),
            ("\"Ж\"", .text, "Ж"),
        ]
    )
    func scalars(written: String, form: TOMLDocument.Scalar.Form, text: String) throws {
        #expect(try nodes("k = \(written)").first?.content == .scalar(.init(form: form, text: text)))
    }

    @Test func `A table in an array is an element that is not a scalar`() throws {
        let nodes = try nodes("[[pbx]]\nname = 'x'\n[[pbx]]\n")
        #expect(nodes.map(\.path) == [["pbx"]])
        #expect(nodes[0].content == .array([nil, nil]))
    }

    @Test func `A file with Windows line ends is the same file`() throws {
        #expect(try nodes("\u{FEFF}[a]\r\nb = 1\r\nc = 'x'\r\n") == nodes("[a]\nb = 1\nc = 'x'\n"))
    }

    @Test func `An empty document has no nodes`() throws {
        #expect(try nodes("").isEmpty)
        #expect(try nodes("# only a comment\n\n").isEmpty)
    }

    @Test(
        arguments: [
            ("a = 1\nb = \n", 2),
            ("a = 1\na = 2\n", 2),
            ("[t\n", 1),
            ("\n\nx\n", 3),
            ("a = \"unterminated\n", 1),
        ]
    )
    func `What is not TOML is an error with its line`(text: String, line: Int) throws {
        let error = #expect(throws: ConfigurationError.self) { try nodes(text) }
        #expect(error?.code == .syntax)
        guard case .file("f.toml", let found, _) = error?.origin else {
            Issue.record("no place")
            return
        }
        #expect(found == line)
    }

    @Test func `Bytes that are not UTF-8 are an error`() {
        #expect(throws: ConfigurationError.self) {
            try TOMLDocument(parsing: Array("a = \"".utf8) + [0xFF, 0xFE] + Array("\"\n".utf8), file: "f.toml")
        }
    }

    @Test(arguments: ["[`a]", "[é]", "[Продажи]\nx = 1", "a = 1\n[ \u{1}]", "[[ё]]", "[a.é]", "é = 1", "x = {é = 1}"])
    func `a non-ASCII key is an error with its line, and does not end the process`(text: String) {
        let error = #expect(throws: ConfigurationError.self) { try nodes(text) }
        #expect(error?.code == .syntax)
        let line = text.hasPrefix("a = 1") ? 2 : 1
        #expect(error?.description.hasPrefix("f.toml:\(line)") == true)
    }
}
