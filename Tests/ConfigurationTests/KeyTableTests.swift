import Base
import FoundationEssentials
import Testing

@testable import Configuration

@Suite struct KeyTableTests {
    /// The values of all accessors, as text.
    private func everything(_ settings: Settings) throws -> String {
        var out = ""
        for name in settings.pbxNames.isEmpty ? ["main"] : settings.pbxNames {
            out += "\(try settings.pbx(name))\(try settings.database(ofPBX: name))"
            out += "\(try settings.ami(ofPBX: name))\(try settings.dialGuard(ofPBX: name))"
        }
        out += settings.language.code
        out += "\(settings.warehouse)\(settings.retention)\(try settings.contacts())\(settings.etl)\(settings.serve)"
        out += "\(settings.uncheckedAlerts)\(try settings.receivers())\(settings.uncheckedStaffing)"
        out += "\(try settings.callEvents())\(settings.missedCalls)\(settings.reportDeliveries)"
        let health = settings.health.sorted { $0.key < $1.key }
        return out + "\(settings.reports)\(settings.reports.queue("support"))\(health)"
    }

    @Test(arguments: KeyTable.keys.map { $0.pattern.joined(separator: ".") })
    func `Every key changes the settings that a command gets`(pattern: String) throws {
        let key = try #require(KeyTable.keys.first { $0.pattern.joined(separator: ".") == pattern })
        let folder = try TemporaryFolder()
        let before = try everything(folder.settings("[pbx.main]\n"))
        var value = key.example
        if key.name.hasSuffix("_file"), key.name != "ca_file", key.name != "defaults_file" {
            value = .text(try folder.write("secret\n", to: "secret"))
        }
        let table = DottedPath.written(Array(key.examplePath.dropLast()))
        let line = "\(key.name) = \(value.toml)\n"
        let toml =
            table.isEmpty ? "\(line)[pbx.main]\n" : "\(table == "pbx.main" ? "" : "[pbx.main]\n")[\(table)]\n\(line)"
        #expect(try everything(folder.settings(toml)) != before)
    }

    @Test func `Every example and default is a valid value of its key`() throws {
        for key in KeyTable.keys {
            for value in [key.example, key.standard].compactMap({ $0 }) {
                #expect(try key.accepts(value), "\(key.pattern)")
            }
            #expect(key.example != key.standard && key.example != .text(""), "\(key.pattern)")
        }
    }

    @Test func `A default outside the range of its key would be noticed`() throws {
        let table = SettingsTable(
            "etl",
            "Odd.",
            fills: ETLSettings(),
            keys: [
                .init("days", .integer(8...9), \.days, example: 9, "Days."),
                .init("every", .seconds(1...9), \.every, example: 2, "Time."),
            ]
        )
        #expect(table.declaration.keys.map(\.standard) == [.integer(7), nil])
        #expect(try table.declaration.keys[0].accepts(.integer(7)) == false)
        #expect(try table.declaration.keys[0].accepts(.integer(9)))
    }

    @Test func `No two keys have the same path or the same environment variable`() {
        var paths: Set<[String]> = []
        var variables: Set<String> = EnvironmentLayer.others
        for key in KeyTable.keys {
            #expect(paths.insert(key.pattern).inserted, "\(key.pattern)")
            for variable in [EnvironmentLayer.variable(of: key.examplePath), key.alias].compactMap({ $0 }) {
                #expect(variables.insert(variable).inserted, "\(variable)")
            }
        }
        #expect(paths.count > 100)
    }

    @Test func `Every key and table has a complete sentence`() {
        for summary in KeyTable.keys.map(\.summary) + KeyTable.tables.map(\.summary) {
            #expect(summary.count > 5 && summary.hasSuffix("."), "\(summary)")
        }
    }

    @Test func `A key without a default is optional, or says what its absence means`() {
        // The keys whose properties are optional. A new one belongs here only if nothing can be its default.
        let optional = Set(KeyTable.keys.filter { $0.standard == nil && $0.pattern.first != "reports" }.map(\.name))
        #expect(
            optional == [
                "timezone", "csv_timezone", "outside_prefix", "international_prefix", "national_prefix", "region",
                "host",
                "socket", "user", "password", "password_file", "defaults_file", "queue_log_table", "ca_file", "port",
                "username", "secret", "secret_file", "audit_log", "url", "service", "data_directory", "preset", "query",
                "every", "rejects", "calls", "legs", "events", "certificate", "key", "users_file", "open_role",
                "user_header", "measure", "range", "clear", "schedule", "receivers",
                "type", "url_file", "token", "token_file", "chat", "topic", "body", "from", "smtp_host", "smtp_port",
                "fallback", "pbx", "queue", "crm_url", "record_url", "language",
            ]
        )
    }

    @Test func `Secrets are never the defaults of flags, and look like secrets`() {
        for key in KeyTable.keys where key.name == "secret" || key.name == "password" {
            #expect(key.kind.secrecy == .secret)
        }
        for key in KeyTable.keys where key.kind == .url { #expect(key.kind.secrecy == .mayHoldPassword) }
    }

    @Test func `The commented file is a valid configuration of defaults`() throws {
        let settings = try TemporaryFolder().settings(ConfigurationTemplate.text)
        #expect(settings.all.allSatisfy { $0.origin == .builtIn })
    }

    @Test func `The commented file has every key, and each can be set by uncommenting it`() throws {
        let lines = ConfigurationTemplate.text.split(separator: "\n", omittingEmptySubsequences: false)
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

    @Test func `The documentation page is up to date`() throws {
        var root = #filePath[...]
        for _ in 0..<3 { root = root[..<(root.lastIndex(of: "/") ?? root.startIndex)] }
        let page = try String(contentsOfFile: "\(root)/docs/configuration.md", encoding: .utf8)
        #expect(page == ConfigurationReference.markdown, "make docs writes it")
    }

    @Test func `The documentation names every key`() {
        let page = ConfigurationReference.manualPage(version: "9.8.7", date: "May 1, 2031")
        #expect(page.contains("\n.Dd May 1, 2031\n") && page.contains("\n.Os crm-voip 9.8.7\n"))
        for key in KeyTable.keys {
            #expect(ConfigurationReference.markdown.contains("`\(key.name)`"))
            #expect(page.contains(".It Ic \(key.name) "))
        }
    }
}

extension KeyDeclaration {
    /// Whether a file can set the key to this value.
    fileprivate func accepts(_ value: SettingValue) throws -> Bool {
        let document = try TOMLDocument(parsing: Array("k = \(value.toml)".utf8), file: "f")
        return kind.value(of: try #require(document.nodes.first?.content)) == value
    }
}
