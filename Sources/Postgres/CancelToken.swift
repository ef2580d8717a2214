import CLibPQ

extension Connection {
    /// What another thread needs to interrupt the statement that this session runs; nil when it is closed.
    public var cancelToken: CancelToken? {
        PQgetCancel(handle).map(CancelToken.init)
    }
}

/// Interrupts the statement a session is running, which then fails with SQLSTATE 57014.
///
/// `@unchecked`: the structure behind the pointer is never changed after its creation, and PQcancel is documented
/// as safe in any thread and in signal handlers.
public final class CancelToken: @unchecked Sendable {
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) {
        self.handle = handle
    }

    deinit {
        PQfreeCancel(handle)
    }

    /// Asks the server to stop; nothing happens where nothing is running.
    ///
    /// - Returns: Whether the request was sent.
    @discardableResult
    public func cancel() -> Bool {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { reason in
            PQcancel(handle, reason.baseAddress, Int32(reason.count)) == 1
        }
    }
}
