import CLibPQ
import Dispatch
import Glibc

extension Connection {
    /// What another thread needs to interrupt the statement that this session runs; nil when it is closed.
    public var cancelToken: CancelToken? {
        PQgetCancel(handle).map { CancelToken($0, socket: fcntl(PQsocket(handle), F_DUPFD_CLOEXEC, 3)) }
    }
}

/// Interrupts the statement a session is running, which then fails with SQLSTATE 57014.
///
/// `@unchecked`: the structure behind the pointer is never changed after its creation, and PQcancel is documented
/// as safe in any thread and in signal handlers.
public final class CancelToken: @unchecked Sendable {
    private let handle: OpaquePointer
    /// A duplicate of the session's; -1 where no descriptor was free.
    private let socket: Int32

    init(_ handle: OpaquePointer, socket: Int32) {
        self.handle = handle
        self.socket = socket
    }

    deinit {
        PQfreeCancel(handle)
        if socket >= 0 { close(socket) }
    }

    /// Asks the server to stop; nothing happens where nothing is running.
    ///
    /// The request has a connection of its own. A server that is frozen takes it and never answers, so nobody waits longer
    /// than `patience`; the request stays.
    ///
    /// - Returns: Whether the request was sent and the server has seen it.
    @discardableResult
    public func cancel(patience: Duration = .seconds(1)) -> Bool {
        let (seconds, attoseconds) = patience.components
        let answer = DispatchSemaphore(value: 0)
        // A queue of its own, for one that blocks for ever must not hold up those of others.
        DispatchQueue(label: "crm-voip.cancel").async {
            let isSent = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { reason in
                PQcancel(self.handle, reason.baseAddress, Int32(reason.count)) == 1
            }
            if isSent { answer.signal() }
        }
        let milliseconds = seconds &* 1000 &+ attoseconds / 1_000_000_000_000_000
        let wait = DispatchTimeInterval.milliseconds(Int(clamping: milliseconds))
        return answer.wait(timeout: .now() + wait) == .success
    }

    /// Ends the session at once: what waits for the server fails with code `connectionLost`.
    public func disconnect() {
        if socket >= 0 { shutdown(socket, Int32(SHUT_RDWR)) }
    }
}
