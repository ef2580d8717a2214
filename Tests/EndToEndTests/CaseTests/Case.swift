import FoundationEssentials

/// A folder in Cases/: input files, and a `case.json` with the expected results.
struct Case: Sendable {
    /// One run of the program.
    struct Step: Decodable, Sendable {
        /// Arguments of `etl --json`, whose object is compared.
        var etl: [String]?
        /// Name and arguments of `report --format json`, whose rows are compared.
        var report: [String]?
        /// A report in Cases/dumps: `dump-calls`, `dump-legs`, `dump-visits`, `dump-sessions`, `dump-events`.
        var dump: String?
        /// Arguments of any other command, whose text is compared with `output` and `errors`.
        var run: [String]?
        /// The exit status, 0 unless stated.
        var status: Int32?
        /// One object from `etl`, or the rows of a report or dump.
        var expected: [JSONValue]?
        /// Regular expressions, each of which must match somewhere.
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
    /// A dump of the PBX's tables, loaded into a separate database; `SOCKET` and `DATABASE` in the configuration are
    /// replaced by its location.
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
