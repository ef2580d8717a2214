import FoundationEssentials
import Testing

@testable import Configuration

@Suite struct KeyTableTests {
    /// Everything the accessors give, as text.
    private func everything(_ settings: Settings) throws -> String {
        var out = ""
        for name in settings.pbxNames.isEmpty ? ["main"] : settings.pbxNames {
            out += "\(try settings.pbx(name))\(try settings.database(ofPBX: name))"
            out += "\(try settings.ami(ofPBX: name))\(try settings.dialGuard(ofPBX: name))"
        }
        out += "\(settings.warehouse)\(try settings.contacts())\(settings.etl)"
        let health = settings.health.sorted { $0.key < $1.key }
        return out + "\(settings.reports)\(settings.reports.queue("support"))\(health)"
    }

    @Test(arguments: KeyTable.keys.map { $0.pattern.joined(separator: ".") })
    func `Every key changes what a command gets`(pattern: String) throws {
        let key = try #require(KeyTable.keys.first { $0.pattern.joined(separator: ".") == pattern })
        let folder = try TemporaryFolder()
        let before = try everything(folder.settings("[pbx.main]\n"))
        var value = key.example
        if key.name.hasSuffix("_file"), key.name != "ca_file", key.name != "defaults_file" {
            value = .text(try folder.write("secret\n", to: "secret"))
        }
        let table = DottedPath.written(Array(key.examplePath.dropLast()))
        let toml = (table == "pbx.main" ? "" : "[pbx.main]\n") + "[\(table)]\n\(key.name) = \(value.toml)\n"
        #expect(try everything(folder.settings(toml)) != before)
    }

    @Test func `Every example and default is a value of its key`() throws {
        for key in KeyTable.keys {
            for value in [key.example, key.standard].compactMap({ $0 }) {
                let document = try TOMLDocument(parsing: Array("k = \(value.toml)".utf8), file: "f")
                let content = try #require(document.nodes.first?.content)
                #expect(key.kind.value(of: content) == value, "\(key.pattern)")
            }
            #expect(key.example != key.standard, "\(key.pattern)")
        }
    }

    @Test func `No key is declared twice, and every sentence ends`() {
        #expect(Set(KeyTable.keys.map(\.pattern)).count == KeyTable.keys.count)
        for key in KeyTable.keys {
            #expect(key.summary.hasSuffix(".") || key.summary.hasSuffix("`."), "\(key.pattern)")
        }
    }

    @Test func `Secrets are never flags' defaults, and look like secrets`() {
        for key in KeyTable.keys where key.name == "secret" || key.name == "password" {
            #expect(key.secrecy == .secret)
        }
        for key in KeyTable.keys where key.kind == .url { #expect(key.secrecy == .mayHoldPassword) }
    }

    @Test func `The commented file is a configuration as it stands, of nothing but defaults`() throws {
        let settings = try TemporaryFolder().settings(Template.text)
        #expect(settings.all.allSatisfy { $0.origin == .builtIn })
    }

    @Test func `The commented file has every key, and each can be set by taking its mark away`() throws {
        let lines = Template.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { $0.count <= 120 })
        let uncommented = lines.map { line in
            line.hasPrefix("#") && !line.hasPrefix("# ") && line != "#" ? line.dropFirst() : line[...]
        }.joined(separator: "\n")
        let folder = try TemporaryFolder()
        let (settings, problems) = try Settings.read(named: folder.write(uncommented, to: "f.toml"), environment: [:])
        #expect(problems == [])
        let set = Set(settings.all.filter { $0.origin != .builtIn }.map(\.path))
        #expect(set == Set(KeyTable.keys.map(\.examplePath)))
    }

    @Test func `The page of the documentation is up to date`() throws {
        var root = #filePath[...]
        for _ in 0..<3 { root = root[..<(root.lastIndex(of: "/") ?? root.startIndex)] }
        let page = try String(contentsOfFile: "\(root)/docs/configuration.md", encoding: .utf8)
        #expect(page == Reference.markdown, "make docs writes it")
    }

    @Test func `The documentation names every key`() {
        for key in KeyTable.keys {
            #expect(Reference.markdown.contains("`\(key.name)`"))
            #expect(Reference.manualPage.contains(".It Ic \(key.name) "))
        }
    }
}
