import ArgumentParser
import Base
import Configuration
import Services
import Synchronization

/// The options of every command.
struct CommonOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The configuration file.", valueName: "file"), completion: .file())
    var config: String?

    @Flag(name: .shortAndLong, help: "Say what is being done, on stderr.")
    var verbose = false

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    @Flag(name: .long, help: "No colours. The environment variable NO_COLOR does the same.")
    var noColor = false

    func validate() throws {
        if verbose, quiet { throw ValidationError("--verbose and --quiet cannot be used together.") }
    }

    /// The terminal as these options see it.
    var terminal: Terminal { Terminal(noColor: noColor) }

    /// The destination of messages.
    var messages: Messages { Messages(terminal: terminal, isVerbose: verbose, isQuiet: quiet) }

    /// The settings of this process. The first call reads the configuration and reports its warnings; later calls
    /// return the same settings, whatever happens to the file.
    func settings() throws -> Settings {
        try Self.snapshots.withLock { snapshots in
            if let known = snapshots[config] { return known }
            let settings = try Settings.load(named: config, environment: ProcessEnvironment.current)
            for warning in settings.warnings { messages.warning(warning) }
            if let file = settings.file { messages.note("The configuration is \(file).") }
            snapshots[config] = settings
            return settings
        }
    }

    /// The settings read so far, by the name given with `--config`; a process has only one.
    private static let snapshots = Mutex<[String?: Settings]>([:])

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
