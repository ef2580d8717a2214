import Testing

@testable import Configuration

/// A file with one fault, the line of the fault, and what the message must say.
struct FileFault: Sendable, CustomTestStringConvertible {
    var toml: String
    var line: Int
    var code: ConfigurationError.Code
    var says: String

    var testDescription: String { toml.split(separator: "\n").last.map(String.init) ?? "" }

    static func unknown(_ toml: String, line: Int, meant: String?) -> FileFault {
        FileFault(
            toml: toml,
            line: line,
            code: .unknownKey,
            says: meant.map { "did you mean \($0)?" } ?? "Unknown key"
        )
    }

    static func bad(_ toml: String, line: Int, says: String) -> FileFault {
        FileFault(toml: toml, line: line, code: .badValue, says: says)
    }
}

@Suite struct FileFaultTests {
    @Test(
        arguments: [
            FileFault.unknown("[etl]\ndays = 7\nday = 7", line: 3, meant: "etl.days"),
            .unknown("[pbx.main.ami]\nsecrt_file = 'x'", line: 2, meant: "pbx.main.ami.secret_file"),
            .unknown("[pbx.branch.ami]\nuser = 'x'", line: 2, meant: "pbx.branch.ami.username"),
            .unknown("[report]\nservice_level = 3", line: 1, meant: "reports"),
            .unknown("[pbx.main.cdr_databse]\nhost = 'x'", line: 1, meant: "pbx.main.cdr_database"),
            .unknown("service_level = 3", line: 1, meant: "reports.service_level"),
            .unknown("[zzzzzzzzzzzz]\nq = 3", line: 1, meant: nil),
            .bad("[etl]\ndays = '7'", line: 2, says: "a whole number from 1 to"),
            .bad("[etl]\ndays = 0", line: 2, says: "a whole number from 1 to"),
            .bad("[etl]\n\ndays = 7.5", line: 3, says: "a whole number"),
            .bad("[pbx.main]\ntimezone = 'Europe/Moskva'", line: 2, says: "a time zone of this system"),
            .bad("[pbx.main]\nregion = 'Russia'", line: 2, says: "a country code of two capital letters"),
            .bad("[pbx.main]\nencoding = 'utf8'", line: 2, says: "one of \"utf-8\", \"latin1\", \"cp1250\""),
            .bad("[pbx.main]\ncsv = ['a', ['b']]", line: 2, says: "an array"),
            .bad("[pbx.main]\ncsv = 3", line: 2, says: "a path in quotes, or an array"),
            .bad("[pbx.main]\noutside_prefix = 9", line: 2, says: "a text in quotes"),
            .bad("[pbx.main.ami]\ntls = 'yes'", line: 2, says: "true or false"),
            .bad("[health.queue_wait]\nwarning = '20:10'", line: 2, says: "a Nagios range"),
            .bad("pbx = 'main'", line: 1, says: "should be a table"),
            .bad("[etl.days]\nx = 1", line: 1, says: "a whole number"),
        ]
    )
    func `A fault is an error with its line and a way out`(fault: FileFault) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(fault.toml, to: "crm-voip.toml")
        let error = #expect(throws: ConfigurationError.self) { try Settings.load(named: file, environment: [:]) }
        #expect(error?.code == fault.code)
        let text = error.map { "\($0)" } ?? ""
        #expect(text.hasPrefix("\(file):\(fault.line): "), "\(text)")
        #expect(text.contains(fault.says), "\(text)")
    }

    @Test func `All faults of a file are found at once, in its order`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("[etl]\nday = 1\n[nothing]\nx = 1\ny = 2\n[reports]\nwrapup = -1\n", to: "f.toml")
        let problems = try Settings.read(named: file, environment: [:]).problems
        let lines = problems.map { problem in
            if case .file(_, let line, _) = problem.origin { line } else { 0 }
        }
        #expect(lines == [2, 3, 7])
    }

    @Test func `Keys that depend on each other`() throws {
        let settings = try TemporaryFolder().settings(
            "[pbx.main.ami]\nusername = 'crm'\n[contacts]\nurl = 'postgresql:///crm'\n"
        )
        let problems = settings.inconsistencies()
        #expect(problems.count == 2)
        #expect(problems.first?.message == "pbx.main.ami.username is set, but secret_file is not.")
        #expect(problems.last?.message == "contacts.url is set, but preset or query is not.")
    }
}
