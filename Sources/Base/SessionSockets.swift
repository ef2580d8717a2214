import Glibc
import Synchronization

/// The sockets of all database sessions of this process.
///
/// A C library that waits for a frozen server waits in the kernel, where cancellation does not reach it. Shutting down
/// its socket ends that wait with an error, and the server rolls back what was not committed.
public final class SessionSockets: Sendable {
    /// The sockets of this process.
    public static let shared = SessionSockets()

    private struct State {
        var sockets: [Int: (descriptor: Int32, hasWork: Bool)] = [:]
        var nextKey = 0
        var isShut = false
        var isShutForReaders = false
    }

    private let state = Mutex(State())

    private init() {}

    /// One socket, for as long as its session lives.
    public struct Entry: ~Copyable {
        private let key: Int

        /// Registers a session's socket.
        ///
        /// - Parameters:
        ///   - socket: the descriptor. It stays with its owner: a duplicate is registered.
        ///   - hasWork: whether the session may have work to finish. A session that only reads has none.
        public init(_ socket: Int32, hasWork: Bool) {
            key = SessionSockets.shared.enter(fcntl(socket, F_DUPFD_CLOEXEC, 3), hasWork)
        }

        deinit { SessionSockets.shared.remove(key) }
    }

    /// Ends all sessions, and any that are opened later.
    ///
    /// - Parameter sparingWork: whether sessions that may have work to finish are left alone.
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
            // Without a free descriptor, the session just cannot be shut down.
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
