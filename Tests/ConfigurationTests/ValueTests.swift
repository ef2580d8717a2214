import Testing

@testable import Base
@testable import Configuration

@Suite struct ValueTests {
    @Test(
        arguments: [
            ("3", ["3"]), ("[3, 4]", ["3", "4"]), ("'3'", ["3"]), ("'3-4'", ["3-4"]),
            ("['100-199', '2XX', '_3XX', 4]", ["100-199", "2XX", "_3XX", "4"]),
        ]
    )
    func `Extensions are written in any way`(written: String, raw: [String]) throws {
        #expect(try TemporaryFolder().settings("[pbx.main]\nextensions = \(written)").pbx().extensions == raw)
    }

    @Test func `A path may begin with the home folder`() throws {
        let settings = try TemporaryFolder().settings(
            "[pbx.main]\ncsv = ['~/Master.csv', '/var/x']\n[warehouse]\ndata_directory = '~/data'",
            environment: ["HOME": "/home/anna"]
        )
        #expect(try settings.pbx().csv == ["/home/anna/Master.csv", "/var/x"])
        #expect(settings.warehouse.dataDirectory == "/home/anna/data")
    }

    @Test(arguments: [("10", 10.0, false), ("10", 10.5, true), ("10", -1, true), ("10:", 9, true), ("10:", 10, false)])
    func `Nagios ranges alarm outside`(range: String, value: Double, alarms: Bool) throws {
        #expect(try #require(NagiosRange(range)).alarms(value) == alarms)
    }

    @Test(
        arguments: [
            ("~:10", -1e9, false), ("~:10", 11, true), ("10:20", 9, true), ("10:20", 20, false), ("@10:20", 15, true),
            ("@10:20", 21, false), ("-5:-1", -3, false), ("0.5", 0.4, false),
        ]
    )
    func `Nagios ranges with two ends`(range: String, value: Double, alarms: Bool) throws {
        #expect(try #require(NagiosRange(range)).alarms(value) == alarms)
    }

    @Test(arguments: ["", "~", "a", "20:10", "@", "1:2:3", "nan", "10 ", "10:x"])
    func `Text that is not a range`(text: String) {
        #expect(NagiosRange(text) == nil)
    }

    @Test(arguments: [
        ("kitten", "sitting", 3), ("", "abc", 3), ("days", "days", 0), ("day", "days", 1), ("ab", "ba", 2),
    ])
    func `The distance of two words`(first: String, second: String, distance: Int) {
        #expect(Suggestion.distance(first, second) == distance)
        #expect(Suggestion.distance(second, first) == distance)
    }

    @Test func `TOML text escapes what TOML cannot contain`() throws {
        let text = "a\"b\\c\nd\te\u{1}Ж\u{7F}"
        let written = SettingValue.text(text).toml
        let document = try TOMLDocument(parsing: Array("k = \(written)".utf8), file: "f")
        #expect(document.nodes.first?.content == .scalar(.init(form: .text, text: text)))
    }
}
