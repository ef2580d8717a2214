import Dispatch
import Glibc

/// SIGHUP, treated as a request to read files again. It does not end the program while a body runs under it, unless it
/// was sent because the program's terminal was closed.
enum ReloadSignal {
    static func withAction<Result>(
        _ action: @escaping @Sendable () -> Void,
        _ body: () async throws -> Result
    ) async rethrows -> Result {
        // With nohup the program outlives its terminal; without a terminal, SIGHUP is sent by the administrator.
        let mayLoseTerminal = hasTerminal && !isIgnored
        signal(SIGHUP, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGHUP, queue: .global())
        source.setEventHandler {
            if mayLoseTerminal, !hasTerminal { kill(getpid(), SIGTERM) } else { action() }
        }
        source.resume()
        defer { source.cancel() }
        return try await body()
    }

    /// Whether the program has a terminal that still exists.
    private static var hasTerminal: Bool {
        let terminal = open("/dev/tty", O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        guard terminal >= 0 else { return false }
        close(terminal)
        return true
    }

    private static var isIgnored: Bool {
        var current = sigaction()
        guard sigaction(SIGHUP, nil, &current) == 0 else { return false }
        let handler = unsafeBitCast(current.__sigaction_handler.sa_handler, to: Int.self)
        return handler == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
