import Glibc
import Synchronization

/// The sockets of all sessions that this process has with databases.
///
/// A C library that waits for a frozen server waits in the kernel, where no cancellation reaches it. A socket that is shut
/// down ends that wait with an error, and the server takes back what was not committed.
public final class SessionSockets: Sendable {
    /// Those of this process.
    public static let shared = SessionSockets()

    private struct State {
        var sockets: [Int: (descriptor: Int32, hasWork: Bool)] = [:]
        var nextKey = 0
        var isShut = false
        var isShutForReaders = false
    }

    private let state = Mutex(State())

    private init() {}

    /// One socket, as long as its session lives.
    public struct Entry: ~Copyable {
        private let key: Int

        /// Enters a session's socket.
        ///
        /// - Parameters:
        ///   - socket: the descriptor, which stays its owner's: a duplicate is entered.
        ///   - hasWork: whether the session may have something to finish. One that only reads has nothing.
        public init(_ socket: Int32, hasWork: Bool) {
            key = SessionSockets.shared.enter(fcntl(socket, F_DUPFD_CLOEXEC, 3), hasWork)
        }

        deinit { SessionSockets.shared.remove(key) }
    }

    /// Ends all sessions, and those that are opened later.
    ///
    /// - Parameter sparingWork: whether sessions that may have something to finish are left alone.
    public func shutDown(sparingWork: Bool) {
        state.withLock { state in
            state.isShutForReaders = true
            if !sparingWork { state.isShut = true }
            for socket in state.sockets.values where !sparingWork || !socket.hasWork {
                shutdown(socket.descriptor, Int32(SHUT_RDWR))
            }
        }
    }

    private func enter(_ descriptor: Int32, _ hasWork: Bool) -> Int {
        state.withLock { state in
            state.nextKey += 1
            // Without a free descriptor the session is merely out of reach.
            guard descriptor >= 0 else { return state.nextKey }
            state.sockets[state.nextKey] = (descriptor, hasWork)
            if hasWork ? state.isShut : state.isShutForReaders { shutdown(descriptor, Int32(SHUT_RDWR)) }
            return state.nextKey
        }
    }

    private func remove(_ key: Int) {
        let socket = state.withLock { $0.sockets.removeValue(forKey: key) }
        if let socket { close(socket.descriptor) }
    }
}
