import FoundationEssentials

/// A folder of Cases/: input files, and a `case.json` that says what the program makes of them.
struct Case: Sendable {
    /// One run of the program.
    struct Step: Decodable, Sendable {
        /// Arguments of `etl --json`; its object is compared.
        var etl: [String]?
        /// Name and arguments of `report --format json`; its rows are compared.
        var report: [String]?
        /// A report of Cases/dumps: `dump-calls`, `dump-legs`, `dump-visits`, `dump-sessions`, `dump-events`.
        var dump: String?
        /// Arguments of any other command; its text is compared by `output` and `errors`.
        var run: [String]?
        /// The exit status, 0 unless stated.
        var status: Int32?
        /// One object of `etl`, or the rows of a report or dump.
        var expected: [JSONValue]?
        /// Regular expressions, one of which must match somewhere each.
        var output: String?
        var errors: String?
    }

    private struct File: Decodable {
        var about: String
        var config: String?
        var steps: [Step]
    }

    let name: String
    let configuration: String
    let steps: [Step]

    var folder: String { "\(Self.folder)/\(name)" }
    /// A dump of the PBX's tables, loaded into a database of its own; `SOCKET` and `DATABASE` in the configuration stand
    /// for where that is.
    var databaseDump: String? {
        let path = "\(folder)/cdr.sql"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    static let folder = "\(Program.root)/Tests/EndToEndTests/Cases"

    /// Every folder with a `case.json`.
    static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
        .filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)/case.json") }.sorted()

    init(_ name: String) throws {
        self.name = name
        let data = try Data(contentsOf: URL(filePath: "\(Self.folder)/\(name)/case.json"))
        let file = try JSONDecoder().decode(File.self, from: data)
        let path = "\(Self.folder)/\(name)/crm-voip.toml"
        configuration = try file.config ?? String(contentsOfFile: path, encoding: .utf8)
        steps = file.steps
    }
}
