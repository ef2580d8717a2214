import FoundationEssentials
import Testing

/// The table of docs/architecture.md is what Package.swift declares, and the build refuses every other import.
struct ArchitectureTests {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The text between the backticks or quotes of a piece, one after the other.
    private static func quoted(_ text: some StringProtocol, by mark: Character) -> [String] {
        text.split(separator: mark, omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }

    /// What each target of Package.swift depends on, products of other packages left out.
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

    @Test func `the rooms may import what Package.swift declares`() throws {
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
}
