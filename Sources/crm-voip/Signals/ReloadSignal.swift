import Dispatch
import Glibc

/// SIGHUP, taken as the wish that files are read again. It does not end the program while a body runs under it, unless it came
/// because the program's terminal was closed.
enum ReloadSignal {
    static func withAction<Result>(
        _ action: @escaping @Sendable () -> Void,
        _ body: () async throws -> Result
    ) async rethrows -> Result {
        // With nohup the program outlives its terminal, and without one SIGHUP is a word of the administrator's.
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

    /// Whether the program has a terminal that is still there.
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
