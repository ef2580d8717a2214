import ArgumentParser
import Configuration
import Serve
import Services

/// Serves the call centre to browsers.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Show the PBX and its figures in a browser, and offer an API to programs.",
        subcommands: [ServeRunCommand.self, UserCommand.self, TokenCommand.self],
        defaultSubcommand: ServeRunCommand.self
    )
}

/// Runs the server.
struct ServeRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run the server (the default).",
        discussion: """
            It listens on 127.0.0.1:8090 unless told otherwise, and on addresses that other machines can reach only with TLS \
            and users. SIGTERM or Ctrl-C ends it; SIGHUP makes it read users, tokens and the certificate again.
            """
    )

    @OptionGroup var live: ConnectionOptions

    @Option(name: .long, help: ArgumentHelp("Where to listen: HOST:PORT or unix:PATH.", valueName: "address"))
    var listen: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The role of those who do not log in: none, wall, viewer, lead, operator or admin.",
            valueName: "role"
        )
    )
    var openRole: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Show a file of `events --record` again and again, not a PBX.", valueName: "file"),
        completion: .file()
    )
    var replay: String?

    @Option(name: .long, help: ArgumentHelp("How many times as fast to show it.", valueName: "number"))
    var speed = 1.0

    @Option(
        name: .long,
        help: ArgumentHelp("How many seconds of the file to take in at once, before it is shown.", valueName: "seconds")
    )
    var skip = 0

    func validate() throws {
        if let listen, ListenAddress(listen) == nil {
            throw ValidationError("--listen is HOST:PORT or unix:PATH, such as 127.0.0.1:8090.")
        }
        if let openRole, openRole != "none", Role(rawValue: openRole) == nil {
            throw ValidationError("--open-role is none, wall, viewer, lead, operator or admin.")
        }
        if !(0.1...100).contains(speed) { throw ValidationError("--speed is 0.1 to 100.") }
        if !(0...604_800).contains(skip) { throw ValidationError("--skip is 0 to 604800 seconds, a week.") }
    }

    func run() async throws {
        let messages = live.common.messages
        let settings = try live.common.settings()
        let server = try Server(try options(settings), settings, logger: live.logger) { messages.show($0) }
        try await ReloadSignal.withAction({ server.reload() }) {
            try await server.run { address in
                messages.total("The server listens on \(address).")
                SystemdNotifier.send("READY=1")
            }
        }
    }

    private func options(_ settings: Settings) throws -> ServeOptions {
        var options = try ServeOptions(settings)
        if let address = listen.flatMap({ ListenAddress($0) }) { options.listen = address }
        if let openRole { options.setOpenRole(openRole) }
        options.replay = replay.map { ReplayRequest(file: $0, speed: speed, skip: skip) }
        try options.replay?.check()
        return options
    }
}
