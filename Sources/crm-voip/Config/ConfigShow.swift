import ArgumentParser
import Configuration
import Base

/// Shows what is in force and from where.
struct ConfigShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the settings in force and where they come from.",
        discussion: "Secrets are masked. Without a key all settings are shown; `config show pbx.main` shows a part."
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    @Argument(help: "A key or a table.")
    var key: String?

    @Flag(help: "Only what somebody set, without the defaults.")
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
        let width = settings.map { $0.key.count + $0.shown.count }.max() ?? 0
        return settings.map { setting in
            let padding = String(repeating: " ", count: width - setting.key.count - setting.shown.count + 2)
            return "\(setting.key) = \(style.bold(setting.shown))\(padding)\(style.dim("# \(setting.origin)"))\n"
        }.joined()
    }
}
