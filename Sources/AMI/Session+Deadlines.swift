// Deadlines are data: the owner asks for the next one and calls back when it has passed.
extension Session {
    /// When ``elapsed(at:)`` has to be called next; nil if nothing is due.
    public var nextDeadline: Instant? {
        [phaseDeadline, actions.earliestDeadline, keepaliveDeadline].compactMap(\.self).min()
    }

    /// Does whatever is due.
    public mutating func elapsed(at now: Instant) -> [SessionEffect] {
        if let phaseDeadline, now >= phaseDeadline { phaseTimedOut() }
        for ticket in actions.due(at: now) {
            guard let pending = actions.abandon(ticket) else { continue }
            let failure = ActionFailure(
                reason: .timedOut,
                wasSent: pending.isSent,
                actionID: actions.id(of: ticket),
                partial: pending.items
            )
            effects.append(.finished(ticket: ticket, .failure(failure)))
        }
        sendWaiting(at: now)
        if let keepaliveDeadline, now >= keepaliveDeadline { keepaliveDue(at: now) }
        return takeEffects()
    }

    private mutating func phaseTimedOut() {
        switch phase {
        case .awaitingBanner: end(.bannerTimeout)
        case .challenging, .loggingIn: end(.loginTimeout)
        case .closing: end(nil)
        case .ready, .closed: phaseDeadline = nil
        }
    }

    /// When a silence must be broken, or the session given up. While actions are in flight there is no such deadline:
    /// the PBX handles a session's actions one at a time, so silence means nothing then, and those actions have
    /// deadlines of their own.
    private var keepaliveDeadline: Instant? {
        guard phase == .ready, actions.pending.isEmpty, let keepalive = options.keepalive else { return nil }
        if let asked = actions.keepaliveSince { return asked + options.keepaliveTimeout }
        return lastReceived + keepalive
    }

    var keepaliveTicket: Int? { actions.keepaliveTicket }

    mutating func keepaliveAnswered() {
        actions.keepaliveTicket = nil
    }

    private mutating func keepaliveDue(at now: Instant) {
        if actions.keepaliveSince != nil { return end(.unanswered) }
        let ticket = actions.nextTicket()
        actions.keepaliveTicket = ticket
        actions.keepaliveSince = now
        send(Action("Ping"), id: actions.id(of: ticket), at: now)
    }
}

extension ActionTable {
    func due(at now: ContinuousClock.Instant) -> [Int] {
        pending.filter { $0.value.deadline <= now }.keys.sorted()
    }
}
