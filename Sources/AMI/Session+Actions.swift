// Actions and what answers them.
extension Session {
    /// Actions that are waiting or in flight, oldest first.
    public var inFlight: [ActionInFlight] { actions.inFlight }

    /// Takes an action. It is sent when the session is ready and fewer than ``SessionOptions/actionsAtOnce`` are on the wire.
    ///
    /// - Parameters:
    ///   - action: What to do.
    ///   - expectation: Whether a list is to be collected.
    ///   - timeout: From now to the complete answer, waiting included.
    ///   - now: The current time.
    /// - Returns: The ticket that the effect with the action's result will carry, and what to do now.
    /// - Throws: ``ProtocolError`` if the action cannot be sent as it is. In that case nothing was sent.
    public mutating func submit(
        _ action: Action,
        expecting expectation: ExpectedAnswer = .reply,
        timeout: Duration,
        at now: Instant
    ) throws(ProtocolError) -> (ticket: Int, effects: [SessionEffect]) {
        let ticket = actions.nextTicket()
        let bytes = try action.encoded(actionID: actions.id(of: ticket))
        if phase == .closed || phase == .closing {
            return (ticket, [.finished(ticket: ticket, .failure(ActionFailure(reason: .lost, wasSent: false)))])
        }
        if actions.waitingCount >= 1024 {
            return (
                ticket, [.finished(ticket: ticket, .failure(ActionFailure(reason: .tooManyWaiting, wasSent: false)))]
            )
        }
        let pending = ActionTable.Pending(
            name: action.name,
            bytes: bytes,
            expectation: expectation,
            since: now,
            deadline: now + timeout
        )
        actions.add(pending, as: ticket)
        sendWaiting(at: now)
        return (ticket, takeEffects())
    }

    /// Cancels an action whose answer is no longer needed. If the answer comes, it is an orphan.
    public mutating func cancel(ticket: Int, at now: Instant) -> [SessionEffect] {
        if let pending = actions.abandon(ticket) {
            let failure = ActionFailure(reason: .cancelled, wasSent: pending.isSent, partial: pending.items)
            effects.append(.finished(ticket: ticket, .failure(failure)))
            sendWaiting(at: now)
        }
        return takeEffects()
    }

    mutating func sendWaiting(at now: Instant) {
        guard phase == .ready else { return }
        while let bytes = actions.nextToSend(atOnce: options.actionsAtOnce) { effects.append(.write(bytes)) }
    }

    mutating func dispatch(_ message: Message, at now: Instant) {
        let ticket = message.actionID.flatMap(actions.ticket(of:))
        switch message.kind {
        case .reply: replied(message, ticket, at: now)
        case .event: happened(message, ticket, at: now)
        case .other: effects.append(.orphan(message))
        }
    }

    private mutating func replied(_ message: Message, _ ticket: Int?, at now: Instant) {
        guard let ticket, let pending = actions.pending[ticket], pending.response == nil else {
            if ticket == keepaliveTicket { keepaliveAnswered() } else { effects.append(.orphan(message)) }
            return
        }
        let startsList = message["EventList"]?.isSame(as: "start") ?? false
        let isRefusal = message["Response"]?.isSame(as: "Error") ?? false
        if isRefusal || !(startsList || pending.expectation == .list) {
            finish(ticket, .success(Reply(response: message)), at: now)
        } else {
            actions.update(ticket) { $0.response = message }
        }
    }

    private mutating func happened(_ message: Message, _ ticket: Int?, at now: Instant) {
        let name = message["Event"] ?? ""
        if name == "Shutdown" { shutdownAnnounced = true }
        // OriginateResponse carries the ActionID of its Originate and is nevertheless an ordinary event.
        guard let ticket, name != "OriginateResponse" else {
            effects.append(.event(message))
            return
        }
        if actions.isCollecting(ticket) {
            took(message, named: name, asItemOf: ticket, at: now)
        } else if actions.isAbandoned(ticket) {
            effects.append(.orphan(message))
        } else {
            effects.append(.event(message))
        }
    }

    private mutating func took(_ message: Message, named name: String, asItemOf ticket: Int, at now: Instant) {
        // Asterisk 11 ends lists with a bare `…Complete`; a `cancelled` list ends early.
        let ends: Bool
        if let word = message["EventList"] {
            ends = word.isSame(as: "Complete") || word.isSame(as: "cancelled")
        } else {
            ends = name.utf8.count >= 8 && name.suffix(8).isSame(as: "Complete")
        }
        if ends {
            guard let pending = actions.pending[ticket], let response = pending.response else { return }
            finish(ticket, .success(Reply(response: response, items: pending.items, completion: message)), at: now)
            return
        }
        var isTooLong = false
        let options = options
        actions.update(ticket) { pending in
            pending.items.append(message)
            pending.itemBytes += message.byteCount
            isTooLong = pending.items.count > options.listItems || pending.itemBytes > options.listBytes
        }
        if isTooLong, let pending = actions.abandon(ticket) {
            let failure = ActionFailure(reason: .listTooLong, wasSent: true, partial: pending.items)
            effects.append(.finished(ticket: ticket, .failure(failure)))
            sendWaiting(at: now)
        }
    }

    private mutating func finish(_ ticket: Int, _ result: Result<Reply, ActionFailure>, at now: Instant) {
        _ = actions.remove(ticket)
        effects.append(.finished(ticket: ticket, result))
        sendWaiting(at: now)
    }
}
