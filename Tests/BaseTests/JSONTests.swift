import Base
import Testing

struct JSONTests {
    @Test func `Objects keep the order of their keys`() {
        let json: JSON = ["b": 1, "a": [true, nil, "x"], "c": [:], "d": []]
        #expect(json.line == #"{"b":1,"a":[true,null,"x"],"c":{},"d":[]}"#)
        #expect(
            json.text() == """
                {
                  "b": 1,
                  "a": [
                    true,
                    null,
                    "x"
                  ],
                  "c": {},
                  "d": []
                }
                """
        )
    }

    @Test(
        arguments: [
            (.number(0.1), "0.1"), (.number(3), "3"), (.number(-2.5), "-2.5"), (.number(.nan), "null"),
            (.number(.infinity), "null"), (.integer(.min), "-9223372036854775808"),
            (.string("\u{1}\n\"\\Ж"), #""\u0001\n\"\\Ж""#),
            // They end a line in JavaScript.
            (.string("\u{2028}\u{7F}"), #""\u2028\u007f""#),
            // C1 controls control a terminal; the others change the direction of the line, or are invisible.
            (.string("a\u{85}\u{9B}b\u{202E}\u{200B}\u{FEFF}"), #""a\u0085\u009bb\u202e\u200b\ufeff""#),
            (.string("\u{E0041}Ä😀"), #""\udb40\udc41Ä😀""#),
        ] as [(JSON, String)]
    )
    func `Values`(json: JSON, text: String) {
        #expect(json.text() == text)
    }

    @Test func `Writing piece by piece gives the same text`() {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("b", integer: 1)
            writer.key("a")
            writer.array { writer in
                writer.bool(true)
                writer.null()
                writer.string("x\"")
            }
            writer.key("c")
            writer.object { _ in }
            writer.member("d", string: nil)
        }
        let json: JSON = ["b": 1, "a": [true, nil, "x\""], "c": [:], "d": nil]
        #expect(writer.text == json.line)
    }
}
