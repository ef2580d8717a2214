import Base

/// The checkpoint for every request: the dial guard decides, calls are counted, and the audit log is written before and
/// after.
public struct OrderDesk: Sendable {
    /// How many calls this program may make. 0 means no limit.
    public struct Limits: Sendable, Equatable {
        /// The most calls in a minute.
        public var perMinute: Int
        /// The most calls in 24 hours.
        public var perDay: Int
        /// The most calls at the same time.
        public var atOnce: Int
        /// The file in which calls are counted across runs; nil disables counting.
        public var stateFile: String?

        /// Limits. They have no defaults: the owner must decide how many calls a program may make.
        public init(perMinute: Int, perDay: Int, atOnce: Int, stateFile: String? = nil) {
            (self.perMinute, self.perDay, self.atOnce, self.stateFile) = (perMinute, perDay, atOnce, stateFile)
        }
    }

    /// What is permitted.
    public let dialGuard: DialGuard
    /// How many calls are permitted.
    public let limits: Limits
    /// The log of requests; nil disables logging.
    public let log: AuditLog?

    /// A desk.
    public init(dialGuard: DialGuard, limits: Limits, log: AuditLog? = nil) {
        (self.dialGuard, self.limits, self.log) = (dialGuard, limits, log)
    }

    /// Refuses a request that the guard does not permit, before connecting to the PBX, and records the refusal.
    ///
    /// - Throws: ``ManagerError`` with code `dialGuard`
    public func precheck(_ order: Order) throws(ManagerError) {
        do {
            try dialGuard.check(order)
        } catch {
            refuse(order, error)
            throw error
        }
    }

    /// Carries out a request if the guard permits it.
    ///
    /// - Parameters:
    ///   - order: The request.
    ///   - callsNow: Returns how many calls of this program are active; called only if that number is limited.
    ///   - outcome: The result in one word, for the audit log.
    ///   - body: Carries out the request.
    /// - Returns: What `body` returns.
    /// - Throws: ``ManagerError``: `dialGuard` if it is not permitted, `file` if it cannot be counted or recorded;
    ///   otherwise any error of `body`.
    public func carryOut<Result>(
        _ order: Order,
        callsNow: () async throws(ManagerError) -> Int = { 0 },
        outcome: (Result) -> (word: String, reason: String?) = { _ in ("done", nil) },
        _ body: () async throws(ManagerError) -> Result
    ) async throws(ManagerError) -> Result {
        try precheck(order)
        do {
            try await count(order, callsNow)
        } catch {
            if error.code == .dialGuard { refuse(order, error) }
            throw error
        }
        let record = log?.record(of: order)
        if let record { try log?.append(record) }
        do {
            let result = try await body()
            let (word, reason) = outcome(result)
            finish(record, word, reason)
            return result
        } catch {
            finish(record, Self.word(error), error.description)
            throw error
        }
    }

    private func count(_ order: Order, _ callsNow: () async throws(ManagerError) -> Int) async throws(ManagerError) {
        guard order.isCall else { return }
        if limits.atOnce > 0 {
            let now = try await callsNow()
            guard now < limits.atOnce else {
                throw dialGuard.refusal(
                    "\(now) calls of this program are already in progress (\(dialGuard.key("at_once")))"
                )
            }
        }
        if let file = limits.stateFile {
            try DialLedger(path: file).count(perMinute: limits.perMinute, perDay: limits.perDay)
        }
    }

    private func refuse(_ order: Order, _ error: ManagerError) {
        guard var record = log?.record(of: order) else { return }
        record.decision = "refused"
        finish(record, "refused", error.description)
    }

    /// The request has been carried out by then; a full disk must not hide its result.
    private func finish(_ record: AuditRecord?, _ outcome: String, _ reason: String?) {
        guard var record else { return }
        record.time = Moment.now
        record.outcome = outcome
        record.reason = reason
        try? log?.append(record)
    }

    private static func word(_ error: ManagerError) -> String {
        switch error.code {
        case .outcomeUnknown: "unknown"
        case .cancelled: "cancelled"
        default: "failed"
        }
    }
}
