import ArgumentParser
import Base
import Configuration

/// Shows the effective values and their origins.
struct ConfigShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the settings in force and where they come from.",
        discussion: "Secrets are masked. Without KEY all settings are shown; a table such as `pbx.main` may be a key."
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    @Argument(help: "A key or a table.")
    var key: String?

    @Flag(help: "Show only settings that somebody set.")
    var changed = false

    func run() throws {
        let settings = try common.settings().all.filter { setting in
            let isWanted = key.map { setting.key == $0 || setting.key.hasPrefix("\($0).") } ?? true
            return isWanted && !(changed && setting.origin == .builtIn)
        }
        if settings.isEmpty, let key { throw Failure(.usage, "Nothing is set under \(key).") }
        try StandardOutput.write(output.json ? json(settings) : table(settings))
    }

    private func json(_ settings: [Setting]) -> String {
        let rows = settings.map { setting in
            JSON.object([
                ("key", .string(setting.key)), ("value", .string(setting.shown)),
                ("origin", .string("\(setting.origin)")),
            ])
        }
        return JSON.array(rows).text() + "\n"
    }

    private func table(_ settings: [Setting]) -> String {
        let style = common.terminal.outputStyle
        let rows = settings.map {
            (PrintableText.of($0.key), PrintableText.of($0.shown), PrintableText.of("\($0.origin)"))
        }
        let width = rows.map { $0.0.count + $0.1.count }.max() ?? 0
        return rows.map { key, value, origin in
            let padding = String(repeating: " ", count: width - key.count - value.count + 2)
            return "\(key) = \(style.bold(value))\(padding)\(style.dim("# \(origin)"))\n"
        }.joined()
    }
}
