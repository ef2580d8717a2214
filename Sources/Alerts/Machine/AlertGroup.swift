import Base

/// The alerts of one rule and PBX, and what one receiver has been told about them.
struct AlertGroup: Sendable, Equatable, Codable {
    /// What distinguishes groups.
    struct Key: Hashable, Sendable, Codable {
        var receiver: String
        var rule: String
        /// Empty for rules that are not about a PBX.
        var pbx: String

        /// The name under which receivers see the group.
        var text: String { pbx.isEmpty ? rule : "\(rule)/\(pbx)" }
    }

    let key: Key
    /// The alerts that the receiver has been told are firing, by fingerprint.
    var told: Set<String> = []
    /// Alerts that the receiver was told are firing, and that are over.
    var ended: [Alert] = []
    /// Since when an alert has been firing of which the receiver has not been told.
    var waitingSince: Moment?
    /// When the last message was made.
    var sentAt: Moment?

    init(_ key: Key) { self.key = key }

    /// Whether nothing has to be remembered any more.
    func isOver(_ timing: AlertTiming, at now: Moment) -> Bool {
        told.isEmpty && ended.isEmpty && waitingSince == nil
            && sentAt.map { now - $0 >= timing.groupInterval } ?? true
    }

    /// Notes that an alert is over; the receiver is told only if it was told that the alert fires.
    mutating func end(_ alert: Alert) {
        if told.remove(alert.identity.fingerprint) != nil { ended.append(alert) }
    }

    /// Notes that an alert fires again before the receiver was told that it was over: for the receiver it never ended.
    mutating func revive(_ fingerprint: String) {
        guard let index = ended.firstIndex(where: { $0.identity.fingerprint == fingerprint }) else { return }
        ended.remove(at: index)
        told.insert(fingerprint)
    }

    /// Why a message has to be sent now; nil if none has.
    ///
    /// - Parameters:
    ///   - hasNew: Whether an alert fires of which the receiver has not been told.
    ///   - mayRemind: Whether an alert fires of which the receiver may be reminded.
    mutating func due(hasNew: Bool, mayRemind: Bool, _ timing: AlertTiming, at now: Moment) -> AlertMessage.Reason? {
        waitingSince = hasNew ? waitingSince ?? now : nil
        if let waitingSince {
            let isCollected = now - waitingSince >= timing.groupWait
            return isCollected && hasRested(timing, at: now) ? .firing : nil
        }
        if !ended.isEmpty {
            if told.isEmpty { return .resolved }
            return hasRested(timing, at: now) ? .firing : nil
        }
        guard mayRemind, let sentAt, now - sentAt >= timing.remind else { return nil }
        return .reminder
    }

    private func hasRested(_ timing: AlertTiming, at now: Moment) -> Bool {
        sentAt.map { now - $0 >= timing.groupInterval } ?? true
    }

    /// When a message is due by the passing of time alone; nil if none is.
    func deadline(_ timing: AlertTiming) -> Moment? {
        let rested = sentAt.map { $0 + timing.groupInterval } ?? .distantPast
        if let waitingSince { return max(waitingSince + timing.groupWait, rested) }
        if !ended.isEmpty { return rested }
        return told.isEmpty ? nil : sentAt.map { $0 + timing.remind }
    }
}
