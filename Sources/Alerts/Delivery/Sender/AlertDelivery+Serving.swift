import Base
import Logging

extension AlertDelivery {
    /// Delivers to one receiver, one message at a time and in order, until the task is cancelled.
    func serve(_ receiver: any AlertReceiver) async {
        let name = receiver.name
        var nextRefresh = now()
        while !Task.isCancelled {
            queueSignOfLife(for: receiver)
            dropStale(for: name)
            let machine = machine(of: name)
            if machine.isDead(at: now()) { divert(from: receiver) }
            let outgoing = spool.read { $0.next(for: name) }
            switch machine.step(hasMessage: outgoing != nil, at: now()) {
            case .wait(let moment): await sleep(name, atMost: moment - now())
            case .send: if let outgoing { await attempt(outgoing, to: receiver) }
            case .idle:
                if let interval = receiver.refreshInterval, now() >= nextRefresh {
                    nextRefresh = now() + interval
                    await refresh(receiver)
                } else {
                    let rest = receiver.refreshInterval.map { min($0, nextRefresh - now()) }
                    await sleep(name, atMost: rest ?? (receiver.wantsSignOfLife ? .seconds(60) : nil))
                }
            }
        }
    }

    /// Gives up messages that have come too late to be of use, such as that a phone rings.
    private func dropStale(for name: String) {
        let now = now()
        let ids = spool.read { state in
            (state.queues[name] ?? []).filter { $0.message.call?.expiresAt.map { $0 <= now } ?? false }.map(
                \.message.id
            )
        }
        guard !ids.isEmpty else { return }
        logger.notice(
            "\(ids.count) messages to the receiver \(name) were dropped, because they came too late to be of use."
        )
        record(.expired(receiver: name, ids: ids, at: now, reason: "it came too late to be of use"))
    }

    private func attempt(_ outgoing: OutgoingMessage, to receiver: any AlertReceiver) async {
        let name = receiver.name
        let outcome = await receiver.attempt(outgoing)
        // What a cancelled attempt achieved is not known; it is made again after the next start.
        if Task.isCancelled, outcome.reason != nil { return }
        var machine = machine(of: name)
        let verdict = machine.attempted(
            outcome,
            queuedAt: outgoing.message.createdAt,
            at: now(),
            jitter: Double.random(in: 0..<1)
        )
        note(name, machine, reason: outcome.reason)
        switch verdict {
        case .delivered:
            if case .delivered(let note?) = outcome { logger.warning("Receiver \(name): \(note).") }
            record(.delivered(receiver: name, ids: outgoing.ids, at: now()))
        case .failed(let reason):
            logger.error("Receiver \(name) refused a message, which is not sent again: \(reason).")
            divert(outgoing.ids, from: receiver)
            record(.failed(receiver: name, ids: outgoing.ids, at: now(), reason: reason))
        case .expired(let reason):
            logger.error("Receiver \(name) has not taken a message for a day; it is given up: \(reason).")
            divert(outgoing.ids, from: receiver)
            record(.expired(receiver: name, ids: outgoing.ids, at: now(), reason: reason))
        case .kept(let reason):
            logger.notice("Receiver \(name) will be tried again: \(reason).")
        }
    }

    /// Gives everything that waits for a receiver to its fallback as well.
    private func divert(from receiver: any AlertReceiver) {
        let ids = spool.read { state in
            (state.queues[receiver.name] ?? []).filter {
                !$0.isCopied && !$0.isCopy && $0.message.reason != .alive && $0.message.reason != .call
            }
            .map(\.message.id)
        }
        divert(ids, from: receiver)
    }

    private func divert(_ ids: [String], from receiver: any AlertReceiver) {
        guard let fallback = receiver.fallback, receivers[fallback] != nil else { return }
        let ids = spool.read { state in
            (state.queues[receiver.name] ?? []).filter {
                ids.contains($0.message.id) && !$0.isCopied && !$0.isCopy && $0.message.reason != .call
            }
            .map(\.message.id)
        }
        guard !ids.isEmpty else { return }
        for id in ids { record(.copied(id: id, receiver: receiver.name, fallback: fallback)) }
        logger.warning("Receiver \(receiver.name) fails; \(ids.count) messages also go to \(fallback).")
        wake(fallback)
    }

    /// Repeats what fires. A failure does not matter: it is repeated again.
    private func refresh(_ receiver: any AlertReceiver) async {
        let known = spool.read { $0.conversations[receiver.name]?.values.sorted { $0.root < $1.root } ?? [] }
        for conversation in known {
            if Task.isCancelled { return }
            let outcome = await receiver.attempt(
                OutgoingMessage(conversation.message, root: conversation.root)
            )
            if let reason = outcome.reason { return logger.debug("Receiver \(receiver.name): \(reason).") }
        }
    }

    /// Queues a sign of life if the last one is a day old.
    private func queueSignOfLife(for receiver: any AlertReceiver) {
        guard receiver.wantsSignOfLife else { return }
        let last = spool.read { $0.figures[receiver.name]?.lastSignOfLife }
        guard SignOfLife.isDue(last: last, at: now()) else { return }
        do throws(DeliveryError) {
            try spool.accept(SignOfLife.message(for: receiver.name, at: now()))
        } catch {
            logger.error("\(error)")
        }
    }
}

/// The daily message that shows that alerts can be delivered.
enum SignOfLife {
    /// Whether a day has passed since the last one. One from the future, seen after the clock was set back, is ignored.
    static func isDue(last: Moment?, at now: Moment) -> Bool {
        guard let last, last <= now else { return true }
        return now - last >= .seconds(86_400)
    }

    static func message(for receiver: String, at now: Moment) -> AlertMessage {
        AlertMessage(
            id: "alive-\(receiver)-\(now.microseconds)",
            receiver: receiver,
            reason: .alive,
            group: "alive",
            alerts: [],
            createdAt: now
        )
    }
}
