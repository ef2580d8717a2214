import AMI
import AMIClient
import ArgumentParser
import Base
import Configuration
import Logging
import Services

/// The options of every command that talks to one PBX.
struct LiveOptions: ParsableArguments {
    @OptionGroup var common: CommonOptions
    @OptionGroup var target: PBXOption

    @Flag(name: .long, help: "Show what is sent and received, on stderr, secrets masked.")
    var wire = false

    /// Writes the library's log to stderr.
    var logger: Logger { .ofManager(common, wire: wire) }

    /// The service for requests to the PBX, on one snapshot of the settings.
    func service() throws -> LiveService {
        try LiveService(try common.settings(), pbx: target.pbx, logger: logger)
    }

    /// The range of seconds that an option accepts: up to a century.
    static let spans = 1...3_155_760_000

    /// How to reach the PBX, according to the configuration.
    func configuration() throws -> ManagerConfiguration {
        try ManagerConfiguration(try common.settings(), pbx: target.pbx)
    }

    /// Connects, and passes the PBX's client to `body`.
    func withPBX<Result>(_ body: (ManagerClient) async throws -> Result) async throws -> Result {
        try await ManagerClient.withConnection(try configuration(), logger: logger, body)
    }

    /// Data for stdout: JSON, or lines for people.
    func write(_ json: Bool, _ value: @autoclosure () -> JSON, _ text: @autoclosure () -> String) throws {
        try StandardOutput.write(json ? value().line + "\n" : text())
    }
}

/// The options of every command that talks to all PBXs.
struct ConnectionOptions: ParsableArguments {
    @OptionGroup var common: CommonOptions

    @Flag(name: .long, help: "Show what is sent and received, on stderr, secrets masked.")
    var wire = false

    /// Writes the library's log to stderr.
    var logger: Logger { .ofManager(common, wire: wire) }
}

extension Logger {
    /// Warnings, and the wire trace if it is wanted.
    static func ofManager(_ common: CommonOptions, wire: Bool) -> Logger {
        var logger = Logger(label: "manager") { _ in MessageLog(messages: common.messages) }
        logger.logLevel = wire ? .trace : common.verbose ? .info : .warning
        return logger
    }
}

/// The library's log lines as messages of this program.
private struct MessageLog: LogHandler {
    let messages: Messages
    var logLevel = Logger.Level.warning
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        if event.level >= .warning { return messages.warning("\(event.message)") }
        var shown = messages
        shown.isVerbose = true
        shown.note("\(event.message)")
    }
}
