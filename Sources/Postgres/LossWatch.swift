import CLibPQ

/// Notices when a cluster loses a part of a query's result between its servers.
///
/// Citus only warns of it and goes on as if that part had no rows (citus, `read_intermediate_result`), so that a sum would be
/// too small without an error. All other notices are ignored.
struct LossWatch: ~Copyable {
    /// Set by libpq while it reads a result; the connection that writes to it is closed first.
    private let hasLost: UnsafeMutablePointer<Bool>

    init(on connection: OpaquePointer) {
        hasLost = .allocate(capacity: 1)
        hasLost.initialize(to: false)
        PQsetNoticeReceiver(
            connection,
            { context, notice in
                // In English whatever the session's lc_messages: Citus has no translations.
                guard let text = PQresultErrorMessage(notice),
                    String(cString: text).contains("could not find the intermediate result file")
                else { return }
                context?.assumingMemoryBound(to: Bool.self).pointee = true
            },
            hasLost
        )
    }

    deinit {
        hasLost.deallocate()
    }

    /// Whether anything was lost since the last call.
    func take() -> Bool {
        defer { hasLost.pointee = false }
        return hasLost.pointee
    }
}
