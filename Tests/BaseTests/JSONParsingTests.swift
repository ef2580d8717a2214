import Base
import Testing

@Suite struct JSONParsingTests {
    @Test(
        arguments: [
            (#"{"b":1,"a":[true,false,null,"x"],"c":{},"d":[]}"#, #"{"b":1,"a":[true,false,null,"x"],"c":{},"d":[]}"#),
            (" [ 1 , -0 , 2.5 , 1e2 ,\t-1.5E-1\r\n] ", "[1,0,2.5,100,-0.15]"),
            (
                #""a\"\\\/\b\f\n\r\té\ud83d\ude00""#,
                #""a\"\\/\u0008\u000c\n\r\té😀""#
            ), ("9223372036854775807", "9223372036854775807"),
            (#""Ünïcode""#, #""Ünïcode""#),
        ]
    )
    func `a text is read as RFC 8259 says`(_ text: String, _ line: String) throws {
        #expect(try #require(JSON(parsing: text)).line == line)
    }

    @Test(
        arguments: [
            "", " ", "{", "[1", "[1,]", "{\"a\":}", "{\"a\" 1}", "{a:1}", "[1 2]", "01", "+1", "1.", ".5", "1e", "nan",
            "tru", "truex", "\"", "\"\n\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\u+123\"", "1 1",
            "-",
            "[\"a\":1]",
        ]
    )
    func `text that is not JSON is refused`(_ text: String) {
        #expect(JSON(parsing: text) == nil)
    }

    @Test func `deep nesting stops the parser, not the program`() {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(JSON(parsing: nested(200)) != nil)
        #expect(JSON(parsing: nested(201)) == nil)
        #expect(JSON(parsing: String(repeating: "[", count: 1_000_000)) == nil)
    }
}
