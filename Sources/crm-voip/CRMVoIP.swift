import ArgumentParser
import Base
import Glibc
import Services
import Switchboard

/// The command line: options in, one call to a library, result out.
@main
struct CRMVoIP: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crm-voip",
        abstract: "Turns what an Asterisk PBX writes about its calls into numbers a company can run on.",
        discussion: """
            Settings come from flags, CRM_VOIP_ environment variables and crm-voip.toml, in this order; see \
            `crm-voip config init`. Data goes to stdout, everything else to stderr.
            """,
        version: Version.current,
        groupedSubcommands: [
            CommandGroup(name: "Batch", subcommands: batchCommands),
            CommandGroup(name: "Live", subcommands: liveCommands),
            CommandGroup(name: "Health", subcommands: healthCommands),
        ].filter { !$0.subcommands.isEmpty }
    )

    /// Parses, runs, and exits with the status that the contract assigns to the outcome.
    static func main() async {
        keepStandardDescriptors()
        // With SIGPIPE ignored, writing to a closed pipe returns an error: `crm-voip report … | head` is not a failure.
        signal(SIGPIPE, SIG_IGN)
        Interruption.shared.listen()
        let command = Task { await run(Array(CommandLine.arguments.dropFirst())) }
        let status = await Interruption.shared.withCancellation({ command.cancel() }) { await command.value }
        Glibc.exit(status)
    }

    /// If the program is started without stdin, stdout or stderr, the first files and sockets that it opens would get
    /// their numbers, and its messages would be written there. The descriptors opened in their place cannot be written
    /// to.
    private static func keepStandardDescriptors() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest free number is used, which is this one.
            _ = open("/dev/null", O_RDONLY)
        }
    }

    private static func run(_ arguments: [String]) async -> Int32 {
        do {
            try await execute(arguments)
            return ExitStatus.done.rawValue
        } catch let status as ExitCode {
            return status.rawValue
        } catch is BrokenPipe {
            return ExitStatus.done.rawValue
        } catch {
            // An interrupted command can fail in many ways, none of which says more than the signal does.
            return Interruption.shared.exitStatus ?? report(error, arguments: arguments)
        }
    }

    /// Runs the command in the language of its options, else in that of the configuration.
    private static func execute(_ arguments: [String]) async throws {
        // The options of every command note themselves when they are parsed.
        var command = try parseAsRoot(arguments)
        try await Language.$current.withValue(CommonOptions.chosenLanguage) {
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        }
    }

    /// Reports an error as one sentence on stderr; help and version go to stdout.
    private static func report(_ error: any Error, arguments: [String]) -> Int32 {
        let status = exitCode(for: error)
        if status.isSuccess {
            // Help or version was requested: this is the result.
            do { try StandardOutput.write(HelpExamples.appended(to: fullMessage(for: error)) + "\n") } catch {
                return ExitStatus.done.rawValue
            }
            return status.rawValue
        }
        let messages = Messages(terminal: Terminal(noColor: arguments.contains("--no-color")))
        if status == .validationFailure {
            // Monitoring knows four states and no status for a wrong command line.
            let rawValue = arguments.first == "health" ? HealthReport.State.unknown.exitStatus : status.rawValue
            if let message = UnknownCommand.message(arguments) {
                messages.error(message, isBlock: true)
                return rawValue
            }
            let message = fullMessage(for: error)
            messages.error(message.hasPrefix("Error: ") ? String(message.dropFirst(7)) : message, isBlock: true)
            return rawValue
        }
        messages.error("\(error)")
        return ExitStatus(error).rawValue
    }
}
