/// The commented configuration file that `config init` writes.
public enum ConfigurationTemplate {
    /// All tables with all keys, every key commented out: with its default if it has one, otherwise with an example.
    public static var text: String {
        var out = """
            # Configuration of crm-voip; see crm-voip.toml(5).
            #
            # A line such as `#days = 7` is a key that is not set: remove the # to set it. The value shown is the default, or
            # an example if the key has no default. Every key can also be set by an environment variable, its path in
            # capitals: CRM_VOIP_ETL_DAYS=30. `crm-voip config check` checks this file, `config show` shows the values in force.
            #
            # Keep secrets in files of their own (`secret_file`, `password_file`), in ~/.pgpass or in my.cnf. If this file
            # holds one, nobody else may be able to read it: chmod 600.

            """
        for table in KeyTable.tables {
            out += "\n" + Text.wrapped(table.summary, prefix: "# ", width: 118) + "\n"
            if !table.pattern.isEmpty { out += "[\(DottedPath.written(table.examplePath))]\n" }
            for key in table.keys {
                out += Text.wrapped(key.summary, prefix: "# ", width: 118) + "\n"
                if case .choice(let words) = key.kind {
                    out += Text.wrapped("One of: \(words.joined(separator: ", ")).", prefix: "# ", width: 118) + "\n"
                }
                out += "#\(key.name) = \(key.shownValue.toml)\n"
            }
        }
        return out
    }
}

extension TableDeclaration {
    /// The table's path, with the example name in place of `*`.
    var examplePath: [String] { pattern.map { $0 == "*" ? exampleName ?? "main" : $0 } }
    /// The table's heading in the documentation: its path, with `NAME` in place of `*`, in brackets.
    var heading: String {
        pattern.isEmpty ? "Before all tables" : "[\(pattern.map { $0 == "*" ? "NAME" : $0 }.joined(separator: "."))]"
    }
}

extension KeyDeclaration {
    /// The default, or the example if the default is empty.
    var shownValue: SettingValue {
        switch standard {
        case .list([])?, nil: example
        case let standard?: standard
        }
    }
}

enum Text {
    /// Lines of at most `width` columns, each beginning with `prefix`.
    static func wrapped(_ text: String, prefix: String, width: Int) -> String {
        var lines: [String] = []
        var line = prefix
        for word in text.split(separator: " ") {
            if line.count > prefix.count, line.count + 1 + word.count > width {
                lines.append(line)
                line = prefix
            }
            line += (line.count > prefix.count ? " " : "") + word
        }
        return (lines + [line]).joined(separator: "\n")
    }
}
