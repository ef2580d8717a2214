import CLibPQ
import Dispatch
import Glibc

extension Connection {
    /// A token with which another thread can interrupt this session's statement; nil if the session is closed.
    public var cancelToken: CancelToken? {
        PQgetCancel(handle).map { CancelToken($0, socket: fcntl(PQsocket(handle), F_DUPFD_CLOEXEC, 3)) }
    }
}

/// Interrupts the current statement of a session, which then fails with SQLSTATE 57014.
///
/// `@unchecked`: the structure behind the pointer is never changed after its creation, and PQcancel is documented as
/// safe in any thread and in signal handlers.
public final class CancelToken: @unchecked Sendable {
    private let handle: OpaquePointer
    /// A duplicate of the session's socket; -1 if no descriptor was free.
    private let socket: Int32

    init(_ handle: OpaquePointer, socket: Int32) {
        self.handle = handle
        self.socket = socket
    }

    deinit {
        PQfreeCancel(handle)
        if socket >= 0 { close(socket) }
    }

    /// Asks the server to stop; has no effect if nothing is running.
    ///
    /// The request uses a separate connection. A frozen server accepts it and never answers, so the wait is limited to
    /// `patience`; the request remains pending.
    ///
    /// - Returns: Whether the request was sent and the server has seen it.
    @discardableResult
    public func cancel(patience: Duration = .seconds(1)) -> Bool {
        let (seconds, attoseconds) = patience.components
        let answer = DispatchSemaphore(value: 0)
        // A separate queue, because one that blocks forever must not hold up others.
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

    /// Ends the session immediately: a wait for the server fails with code `connectionLost`.
    public func disconnect() {
        if socket >= 0 { shutdown(socket, Int32(SHUT_RDWR)) }
    }
}
