import FoundationEssentials
import Glibc

/// A folder with its own configuration and warehouse for the program to work in; removed with its owner.
final class Site {
    let folder: String
    private var variables: [String: String]

    /// Whether the program is built, and a PostgreSQL server is installed for it to start.
    static let canRun = Program.isBuilt && isServerInstalled
    static let reason = "the program is not beside the tests, or no PostgreSQL server is installed"

    private static let isServerInstalled: Bool = {
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
        return versions.contains { access("/usr/lib/postgresql/\($0)/bin/postgres", X_OK) == 0 }
    }()

    /// Uses the sample's configuration, unless another is given.
    init(configuration: String? = nil) throws {
        var template = Array("/tmp/crm-voip-site-XXXXXX".utf8CString)
        guard let made = template.withUnsafeMutableBufferPointer({ $0.baseAddress.flatMap(mkdtemp) }) else {
            throw CocoaError(.fileWriteUnknown)
        }
        folder = String(cString: made)
        variables = ["CRM_VOIP_DATA": "\(folder)/data"]
        if let configuration {
            variables["CRM_VOIP_CONFIG"] = try write(configuration, to: "crm-voip.toml")
        } else {
            variables["CRM_VOIP_CONFIG"] = "\(Program.root)/Tests/Samples/asterisk-a/crm-voip.toml"
        }
        // The server runs as another user if the tests run as root.
        chmod(folder, 0o755)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Writes a file into the site and returns its path.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
        return "\(folder)/\(name)"
    }

    /// Runs lines of shell in the root of the repository, in which `crm-voip` is the program and `$1` the site's
    /// folder.
    func shell(_ script: String) async throws -> Program.Result {
        var variables = variables
        variables["SITE"] = folder
        return try await Program.shell(
            "cd '\(Program.root)'; sample=Tests/Samples/asterisk-a; \(script)",
            environment: variables
        )
    }

    /// The lines of the sample's Master.csv, including their line ends.
    static func sampleLines() throws -> [String] {
        let text = try String(contentsOfFile: "\(Program.root)/Tests/Samples/asterisk-a/Master.csv", encoding: .utf8)
        return text.split(separator: "\n").map { $0 + "\n" }
    }
}

/// The output of `etl --json` (contract, section 3).
struct RunOutput: Decodable, Equatable {
    struct Counters: Decodable, Equatable {
        var read, out_of_window, duplicates, rejected, inserted, updated, unchanged: Int

        var addUp: Bool {
            read == out_of_window + duplicates + rejected + inserted + updated + unchanged
        }
    }

    var schema_version: Int
    var run_id: Int?
    var pbx, source: String
    var from, to: String?
    var timezone: String
    var dry_run: Bool
    var seconds: Double
    var cdr, queue_log: Counters?
    var calls, matched, ambiguous, unmatched: Int
    var warnings: [String]

    /// The object must be all of stdout.
    init(_ output: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(output.utf8)) }
}
