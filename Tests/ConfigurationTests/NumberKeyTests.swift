import Testing

@testable import Configuration

/// Invalid numbers, for every key that takes a number: the result is an error with its location, or a value within the
/// key's range.
@Suite struct NumberKeyTests {
    /// As written in TOML, and in an environment variable.
    static let numbers = [
        "9223372036854775807", "-9223372036854775808", "9223372036854775808", "-1", "0", "-0", "1e300", "-1e300",
        "1e-400", "nan",
        "inf", "-inf", "0x7FFFFFFFFFFFFFFF", "2147483648", "4294967296", "99999999999999999999999999", "\"\u{663}\"",
        "\"\u{FF11}\"",
        "\"1e300\"", "\" 5\"", "\"5 s\"", "\"\"", "1_0", "true", "[1]",
    ]

    private static let keys = KeyTable.keys.filter { key in
        switch key.kind {
        case .integer, .seconds, .range, .extensions: true
        default: ["rejects", "events", "legs", "calls"].contains(key.name)
        }
    }

    @Test func `there are such keys`() { #expect(Self.keys.count > 20) }

    @Test(arguments: numbers) func `a number in the file is refused or in range`(number: String) throws {
        for key in Self.keys {
            let folder = try TemporaryFolder()
            let table = DottedPath.written(Array(key.examplePath.dropLast()))
            let toml = (table == "pbx.main" ? "" : "[pbx.main]\n") + "[\(table)]\n\(key.name) = \(number)\n"
            check(key, number) { try folder.settings(toml) }
        }
    }

    @Test(arguments: numbers) func `a number in the environment is refused or in range`(number: String) throws {
        let text = number.hasPrefix("\"") ? String(number.dropFirst().dropLast()) : number
        for key in Self.keys {
            let name = "CRM_VOIP_" + key.examplePath.joined(separator: "_").uppercased()
            check(key, text) { try Settings.load(named: "/dev/null", environment: [name: text]) }
        }
    }

    /// Every accessor is called: none may trap on an accepted value.
    private func check(_ key: KeyDeclaration, _ number: String, _ read: () throws -> Settings) {
        do {
            let settings = try read()
            _ = try settings.database(ofPBX: "main")
            _ = try settings.dialGuard(ofPBX: "main")
            _ =
                "\(try settings.ami(ofPBX: "main"))\(settings.retention)\(settings.etl)\(settings.serve)\(settings.health)"
            let setting = settings.all.first { $0.declaration.pattern == key.pattern && $0.origin != .builtIn }
            switch (key.kind, setting?.value(in: settings.places)) {
            case (.integer(let range), .integer(let value)?): #expect(range.contains(value), "\(key.pattern) \(number)")
            case (.seconds(let range), .number(let value)?): #expect(range.contains(value), "\(key.pattern) \(number)")
            default: break
            }
        } catch {
            #expect(error is ConfigurationError, "\(key.pattern) \(number): \(error)")
        }
    }
}
