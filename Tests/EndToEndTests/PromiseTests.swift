import FoundationEssentials
import Testing

/// The pages that promise something name the tests that show it.
struct PromiseTests {
    @Test(arguments: ["reliability", "security"])
    func `every test that a page names is a file of the tests`(page: String) throws {
        let text = try String(contentsOfFile: "\(Program.root)/docs/\(page).md", encoding: .utf8)
        let names = text.split(separator: "`").map(String.init).filter { name in
            name.hasSuffix("Tests") && name.allSatisfy { $0.isASCII && $0.isLetter }
        }
        #expect(names.count >= 10, "\(page) names \(names.count) tests")
        let files = try FileManager.default.subpathsOfDirectory(atPath: "\(Program.root)/Tests")
        let known = Set(
            files.filter { $0.hasSuffix("Tests.swift") }.compactMap { $0.split(separator: "/").last?.dropLast(6) }
        )
        for name in Set(names).sorted() { #expect(known.contains(name[...]), "\(page).md names \(name)") }
    }

    /// A table without a test in each of its rows promises what nobody looks at. What happens after a second signal is the
    /// system's own.
    @Test func `every row of the page on reliability names a test`() throws {
        let text = try String(contentsOfFile: "\(Program.root)/docs/reliability.md", encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| ---") }
        let bare = rows.filter { row in !row.contains("Tests`") && !row.contains("shown by") }
        #expect(bare.count == 1 && bare[0].hasPrefix("| a second signal"), "\(bare)")
    }
}
