import FoundationEssentials
import Testing

/// The table in docs/architecture.md matches Package.swift, and the build refuses every other import.
struct ArchitectureTests {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The texts between backticks or quotes in a line, one after another.
    private static func quoted(_ text: some StringProtocol, by mark: Character) -> [String] {
        text.split(separator: mark, omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }

    /// The dependencies of each target in Package.swift, without products of other packages.
    private static func declared() throws -> [String: Set<String>] {
        var rooms: [String: Set<String>] = [:]
        for piece in try text("Package.swift").split(separator: "arget(").dropFirst() {
            let names = quoted(piece.prefix { $0 != "]" && $0 != ")" }, by: "\"")
            guard let name = names.first, piece.contains("name:") else { continue }
            let list = piece.firstRange(of: "dependencies: [").map { piece[$0.upperBound...] } ?? ""
            let end = list.firstRange(of: "\n        )")?.lowerBound ?? list.endIndex
            let inside = list[..<end].split(separator: "plugins:").first ?? ""
            let own = inside.split(separator: ".product(", omittingEmptySubsequences: false).enumerated().map {
                offset,
                part in
                offset == 0 ? part : part.drop { $0 != ")" }
            }
            rooms[name] = Set(own.flatMap { quoted($0, by: "\"") })
        }
        return rooms
    }

    @Test func `the rooms may import exactly what Package.swift declares`() throws {
        let declared = try Self.declared()
        let rows = try Self.text("docs/architecture.md").split(separator: "\n").filter { $0.hasPrefix("| `") }
        var seen = 0
        for row in rows {
            let cells = row.split(separator: "|").map { $0.trimmingPrefix(" ") }
            let rooms = Self.quoted(cells[0], by: "`").filter { declared[$0] != nil }
            guard cells.count == 3, let room = rooms.first, rooms.count == 1 else { continue }
            let allowed = Set(Self.quoted(cells[2], by: "`"))
            #expect(allowed == declared[room], "\(room)")
            seen += 1
        }
        #expect(seen > 12)
    }

    /// Source files of modules, without comment lines.
    private static func code(where isWanted: (_ room: String) -> Bool) throws -> [(path: String, lines: [Substring])] {
        let sources = root.appending(path: "Sources")
        let paths = try FileManager.default.subpathsOfDirectory(atPath: sources.path()).filter {
            $0.hasSuffix(".swift")
        }
        return try paths.filter { isWanted(String($0.prefix { $0 != "/" })) }.map { path in
            let lines = try text("Sources/\(path)").split(separator: "\n", omittingEmptySubsequences: false)
            return (path, lines.filter { !$0.drop { $0 == " " }.hasPrefix("//") })
        }
    }

    /// `embed-sql` is a build tool.
    @Test func `no room below the command line mentions its options`() throws {
        let words = [
            "import ArgumentParser", "exitStatus", "ExitStatus", "ExitCode", "FileHandle.standardOutput",
            "STDOUT_FILENO",
        ]
        let files = try Self.code { $0 != "crm-voip" && $0 != "embed-sql" }
        #expect(files.count > 300)
        for (path, lines) in files {
            for line in lines {
                for word in words { #expect(!line.contains(word), "\(path): \(line)") }
                let isPrinting = line.drop { $0 == " " }.hasPrefix("print(") || line.contains(" print(")
                #expect(!isPrinting, "\(path): \(line)")
            }
        }
    }

    @Test func `a command's run has at most 15 lines of code`() throws {
        var seen = 0
        for (path, lines) in try Self.code(where: { $0 == "crm-voip" }) {
            for (start, line) in lines.enumerated() where line.contains(" func run(") {
                let end = line.prefix { $0 == " " } + "}"
                let length = lines[(start + 1)...].prefix { $0 != end }.count
                #expect(length <= 15, "\(path): \(line) has \(length) lines")
                seen += 1
            }
        }
        #expect(seen > 30)
    }
}
