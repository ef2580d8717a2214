import ArgumentParser
import Base
import Configuration
import Services
import Synchronization

/// The options of every command.
struct CommonOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The configuration file.", valueName: "file"), completion: .file())
    var config: String?

    @Option(
        name: .long,
        help: ArgumentHelp("The language of tables, pages and mails.", valueName: "code")
    )
    var language: Language?

    @Flag(name: .shortAndLong, help: "Say what is being done, on stderr.")
    var verbose = false

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    @Flag(name: .long, help: "No colours. The environment variable NO_COLOR does the same.")
    var noColor = false

    func validate() throws {
        if verbose, quiet { throw ValidationError("--verbose and --quiet cannot be used together.") }
        Self.parsed.withLock { $0 = self }
    }

    /// The options of this process's command line, whatever its command; nil before they are parsed.
    private static let parsed = Mutex<CommonOptions?>(nil)

    /// The language of this process: that of the command line, else that of the configuration. A configuration that
    /// cannot be read is reported by the commands that need it.
    static var chosenLanguage: Language {
        guard let options = parsed.withLock(\.self) else { return .english }
        return options.language ?? (try? options.configuration().settings.language) ?? .english
    }

    /// The terminal as these options see it.
    var terminal: Terminal { Terminal(noColor: noColor) }

    /// The destination of messages.
    var messages: Messages { Messages(terminal: terminal, isVerbose: verbose, isQuiet: quiet) }

    /// The settings of this process. The first call reports the warnings of the configuration; later calls return the same
    /// settings, whatever happens to the file.
    func settings() throws -> Settings {
        let snapshot = snapshot(reporting: true)
        let (settings, problems) = try snapshot.outcome.get()
        if let first = problems.first { throw first }
        if !snapshot.isReported {
            for warning in settings.warnings { messages.warning(warning) }
            if let file = settings.file { messages.note("The configuration is \(file).") }
        }
        return settings
    }

    /// The settings of this process and all faults of their file.
    func configuration() throws(ConfigurationError) -> (settings: Settings, problems: [ConfigurationError]) {
        try snapshot().outcome.get()
    }

    /// The configuration as it was read.
    private struct Snapshot {
        let outcome: Result<(settings: Settings, problems: [ConfigurationError]), ConfigurationError>
        /// Whether its warnings have been reported.
        var isReported = false
    }

    /// The configuration, which is read once, also if that fails: a pipe cannot be read again.
    private func snapshot(reporting: Bool = false) -> Snapshot {
        Self.snapshots.withLock { snapshots in
            let snapshot = snapshots[config] ?? read()
            snapshots[config] = snapshot
            if reporting { snapshots[config]?.isReported = true }
            return snapshot
        }
    }

    private func read() -> Snapshot {
        do throws(ConfigurationError) {
            var (settings, problems) = try Settings.read(named: config, environment: ProcessEnvironment.current)
            if let language { try settings.set("language", to: language.code, flag: "--language") }
            return Snapshot(outcome: .success((settings, problems)))
        } catch {
            return Snapshot(outcome: .failure(error))
        }
    }

    /// The configurations read so far, by the name given with `--config`; a process has only one.
    private static let snapshots = Mutex<[String?: Snapshot]>([:])

    /// Writes a result to stdout: as JSON, or as text.
    ///
    /// - Parameter onlyOnTerminal: whether the text is withheld from cron, which mails whatever is printed.
    func write(
        _ result: some ServiceResult,
        json: Bool,
        onlyOnTerminal: Bool = false,
        _ text: () -> String
    ) throws {
        if json { return try StandardOutput.write(result.json.text() + "\n") }
        if onlyOnTerminal, quiet || !terminal.isOutputTerminal { return }
        try StandardOutput.write(text())
    }
}

/// The option of every command that has a result.
struct JSONOption: ParsableArguments {
    @Flag(name: .long, help: "Print the result as JSON.")
    var json = false
}

/// The option of every command that works on one PBX.
struct PBXOption: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("The PBX, as the configuration names it.", valueName: "name"),
        completion: .pbxNames
    )
    var pbx: String?
}
