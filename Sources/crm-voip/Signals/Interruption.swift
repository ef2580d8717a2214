import Base
import Dispatch
import Glibc
import Synchronization

/// SIGINT, SIGTERM, SIGHUP and SIGQUIT are treated as requests to end in an orderly way: work in progress is cancelled,
/// an embedded database is stopped, and the exit status is 128 plus the signal's number.
///
/// One signal is enough, even if a database or a reader of stdout hangs: after ``patience``, database sessions are
/// ended, and after ``limit``, the program. Repeating the same signal ends it immediately.
final class Interruption: Sendable {
    static let shared = Interruption()

    /// How long work in progress may take to end.
    static let patience = Duration.seconds(4)
    /// How long the whole shutdown may take.
    static let limit = Duration.seconds(9)

    private struct State {
        var signal: Int32?
        var actions: [Int: @Sendable () -> Void] = [:]
        var nextKey = 0
    }

    private let state = Mutex(State())

    private init() {}

    /// The signal that was received; the first if there were several.
    var signal: Int32? { state.withLock(\.signal) }

    /// The exit status for the signal, if one was received.
    var exitStatus: Int32? { signal.map { 128 + $0 } }

    /// Starts listening. Called once, before there is anything to interrupt.
    func listen() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        wakeUpEnd = ends[1]
        listeningEnd = ends[0]
        var thread = pthread_t()
        guard pthread_create(&thread, nil, { _ in Interruption.shared.wait() }, nil) == 0 else { return }
        pthread_detach(thread)
        for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] { Self.handle(signal) }
    }

    /// Calls `action` when a signal arrives while `body` runs; immediately if one has already arrived.
    func withCancellation<Result>(
        _ action: @escaping @Sendable () -> Void,
        _ body: () async throws -> Result
    ) async rethrows -> Result {
        let (key, signal) = state.withLock { state in
            state.nextKey += 1
            state.actions[state.nextKey] = action
            return (state.nextKey, state.signal)
        }
        defer { state.withLock { _ = $0.actions.removeValue(forKey: key) } }
        if signal != nil { action() }
        return try await body()
    }

    /// A signal handler may do almost nothing, so a thread waits for it and does the rest.
    private func wait() -> Never {
        var number: UInt8 = 0
        while read(listeningEnd, &number, 1) != 1 {}
        let signal = Int32(number)
        let actions = state.withLock { state in
            state.signal = signal
            return Array(state.actions.values)
        }
        // Not on this thread: the called code may itself wait for a server.
        DispatchQueue(label: "crm-voip.interruption").async {
            for action in actions { action() }
        }
        Self.end(signal)
    }

    /// Makes sure that the program ends, whatever hinders it. An orderly end happens earlier.
    private static func end(_ signal: Int32) -> Never {
        SessionSockets.shared.shutDown(sparingWork: true)
        pause(patience)
        SessionSockets.shared.shutDown(sparingWork: false)
        pause(limit - patience)
        let seconds = limit.components.seconds
        var sentence = "crm-voip: Shutting down took more than \(seconds) seconds, so it was cut short.\n"
        // A reader of stderr must not block this either.
        var ready = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
        if poll(&ready, 1, 0) > 0 { sentence.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) } }
        _exit(128 + signal)
    }

    private static func pause(_ duration: Duration) {
        let end = ContinuousClock.now + duration
        while ContinuousClock.now < end { usleep(50_000) }
    }

    private static func handle(_ signal: Int32) {
        var current = sigaction()
        // If the parent ignores the signal for us, as nohup does, that is respected.
        guard sigaction(signal, nil, &current) == 0, current.__sigaction_handler.sa_handler.map(isIgnoring) != true
        else { return }
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { number in
            // Preserves errno for the interrupted thread.
            let saved = errno
            var byte = UInt8(truncatingIfNeeded: number)
            _ = write(wakeUpEnd, &byte, 1)
            errno = saved
        }
        // A second signal of the same kind meets the default handler, which ends the program.
        action.sa_flags = Int32(SA_RESTART) | Int32(bitPattern: UInt32(SA_RESETHAND))
        sigaction(signal, &action, nil)
    }

    private static func isIgnoring(_ handler: __sighandler_t) -> Bool {
        unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}

// Written once, before the handler and the thread that read them exist.
private nonisolated(unsafe) var wakeUpEnd: Int32 = -1
private nonisolated(unsafe) var listeningEnd: Int32 = -1
