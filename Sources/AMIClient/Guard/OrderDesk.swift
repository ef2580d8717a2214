import Base

/// Where every order passes: the dial guard decides, calls are counted, and the audit log is written before and after.
public struct OrderDesk: Sendable {
    /// How many calls this program may make. 0 is no limit.
    public struct Limits: Sendable, Equatable {
        /// The most calls in a minute.
        public var perMinute: Int
        /// The most calls in 24 hours.
        public var perDay: Int
        /// The most calls at once.
        public var atOnce: Int
        /// Where calls are counted between runs; nil counts none.
        public var stateFile: String?

        /// Limits. There are no usual ones: how many calls a program may make is for its owner to say.
        public init(perMinute: Int, perDay: Int, atOnce: Int, stateFile: String? = nil) {
            (self.perMinute, self.perDay, self.atOnce, self.stateFile) = (perMinute, perDay, atOnce, stateFile)
        }
    }

    /// What is allowed.
    public let dialGuard: DialGuard
    /// How many calls are allowed.
    public let limits: Limits
    /// Where orders are written down; nil writes none.
    public let log: AuditLog?

    /// A desk.
    public init(dialGuard: DialGuard, limits: Limits, log: AuditLog? = nil) {
        (self.dialGuard, self.limits, self.log) = (dialGuard, limits, log)
    }

    /// Refuses an order that the guard does not allow, before there is a connection to the PBX, and writes the refusal down.
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

    /// Carries out an order if the guard allows it.
    ///
    /// - Parameters:
    ///   - order: The order.
    ///   - callsNow: Asks how many calls of this program are on; asked only where that is limited.
    ///   - outcome: The result in a word, for the audit log.
    ///   - body: Carries it out.
    /// - Returns: What `body` returns.
    /// - Throws: ``ManagerError``: `dialGuard` if it is not allowed, `file` if it cannot be counted or written down, else
    ///   what `body` throws.
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
                throw dialGuard.refusal("\(now) calls of this program are on already (\(dialGuard.key("at_once")))")
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

    /// The order is carried out by then; a full disk must not hide how it went.
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
