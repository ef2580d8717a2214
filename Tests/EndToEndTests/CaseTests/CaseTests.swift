import FoundationEssentials
import Postgres
import Subprocess
import Testing
import TestSupport

/// Inputs as found in practice, and their meaning: the program loads each folder in Cases/.
///
/// The values were worked out by hand from what Asterisk writes. Each case has its own database.
@Suite(
    .enabled(if: Program.isBuilt && TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"),
    .timeLimit(.minutes(10))
)
struct CaseTests {
    @Test(arguments: Case.names) func `the program reads the case as intended`(name: String) async throws {
        let item = try Case(name)
        guard item.databaseDump == nil || TestMariaDB.isInstalled else { return }
        guard let server = TestPostgres.shared else { return }
        try await server.withDatabaseAddress { address in
            guard case .socket(let directory, let port, let user, let database) = address else { return }
            let site = try Site(configuration: configuration(of: item))
            var environment = [
                "CRM_VOIP_CONFIG": "\(site.folder)/crm-voip.toml",
                "CRM_VOIP_REPORTS_DIRECTORY": "\(Case.folder)/dumps",
            ]
            for (index, step) in item.steps.enumerated() {
                // Users' own reports are not run as a superuser.
                let login = step.dump == nil ? user : try Self.reader(address)
                environment["CRM_VOIP_WAREHOUSE_URL"] =
                    "postgresql:///\(database)?host=\(directory)&port=\(port)&user=\(login)"
                let words = Self.words(step)
                let result = try await Program.shell(
                    "cd '\(item.folder)' && exec crm-voip \"$@\"",
                    words,
                    environment: environment
                )
                let place = "step \(index + 1), \(words.joined(separator: " "))"
                #expect(result.status == step.status ?? 0, "\(place): \(result.output)\(result.errors)")
                if let pattern = step.output { #expect(Self.has(pattern, result.output), "\(place): \(result.output)") }
                if let pattern = step.errors { #expect(Self.has(pattern, result.errors), "\(place): \(result.errors)") }
                guard let expected = step.expected else { continue }
                let value = try JSONDecoder().decode(JSONValue.self, from: Data(result.output.utf8))
                var rows = JSONValue.array([value])
                if step.etl == nil, case .object(let members) = value { rows = members["rows"] ?? .null }
                let differences = rows.differences(from: .array(expected))
                #expect(differences.isEmpty, "\(place): \(differences.joined(separator: "; "))\n\(rows)")
            }
        }
    }

    /// A login that may only read warehouses; earlier steps created the role to which it belongs.
    private static func reader(_ address: Address) throws -> String {
        try Connection(address).execute(
            """
            do $$ begin
                create role voip_reader_of_cases login in role voip_reader;
            exception when duplicate_object or unique_violation then null;
            end $$
            """
        )
        return "voip_reader_of_cases"
    }

    private static func words(_ step: Case.Step) -> [String] {
        // Wide enough for any case, but not so wide that days without calls fill the notes.
        let window = ["--from", "2010-01-01", "--to", "2030-01-01", "--timezone", "UTC"]
        if let arguments = step.etl { return ["etl", "--json"] + arguments }
        if let arguments = step.report { return ["report"] + arguments + ["--format", "json"] }
        if let name = step.dump { return ["report", name] + window + ["--format", "json"] }
        return step.run ?? []
    }

    private static func has(_ pattern: String, _ text: String) -> Bool {
        (try? Regex(pattern).firstMatch(in: text)) ?? nil != nil
    }

    /// The case's configuration, with the location of its database.
    private func configuration(of item: Case) throws -> String {
        guard let dump = item.databaseDump else { return item.configuration }
        let socket = try TestMariaDB.shared().socket
        let database = "case_" + item.name.replacing("-", with: "_")
        let client = try #require(TestProcess.find(["mariadb", "mysql"]))
        try TestProcess.run([
            "/bin/sh", "-c",
            """
            "$1" --no-defaults -S "$2" -u root -e "create database $3" && "$1" --no-defaults -S "$2" -u root "$3" <"$4"
            """,
            "sh", client, socket, database, dump,
        ])
        return item.configuration.replacing("SOCKET", with: socket).replacing("DATABASE", with: database)
            .replacing("user = \"r\"", with: "user = \"root\"")
    }
}
