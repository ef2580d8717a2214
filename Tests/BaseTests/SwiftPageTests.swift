import FoundationEssentials
import Testing

/// The code shown in docs/swift.md is compiled: it is that of a program in Examples.
struct SwiftPageTests {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Lines without indentation and without empty lines.
    private static func lines(_ text: some StringProtocol) -> [String] {
        text.split(separator: "\n").map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
    }

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    @Test func `every block of Swift is part of an example`() throws {
        let programs = try [
            "Package.swift", "Sources/guide/Guide.swift", "Sources/visits/Visits.swift",
            "Sources/warehouse/Warehouse.swift",
        ].map { Self.lines(try Self.text("Examples/\($0)")) }
        let blocks = try Self.text("docs/swift.md").split(separator: "```swift\n").dropFirst().map { piece in
            Self.lines(piece[..<(piece.firstRange(of: "```")?.lowerBound ?? piece.endIndex)])
        }
        #expect(blocks.count == 5)
        for block in blocks {
            let imports = block.filter { $0.hasPrefix("import ") }
            let code = block.filter { !$0.hasPrefix("import ") }
            let isShown = programs.contains { program in
                imports.allSatisfy(program.contains) && program.firstRange(of: code) != nil
            }
            #expect(isShown, "\(block.joined(separator: "\n"))")
        }
    }
}
