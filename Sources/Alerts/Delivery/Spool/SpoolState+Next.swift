import Base

/// What a receiver is sent: a message, or several that belong together as one.
public struct OutgoingMessage: Sendable, Equatable {
    /// The message. If several were merged, its id is that of the last one.
    public let message: AlertMessage
    /// The ids of the queued messages in it, oldest first.
    public let ids: [String]
    /// The id of the first message that the receiver got about this group; nil if it got none.
    public let root: String?

    /// A message that is sent as it is.
    public init(_ message: AlertMessage, root: String? = nil) {
        self.init(message: message, ids: [message.id], root: root)
    }

    init(message: AlertMessage, ids: [String], root: String?) {
        (self.message, self.ids, self.root) = (message, ids, root)
    }

    /// Whether it says that something is over of which the receiver did not know that it had begun.
    public var isFirstNewsOfResolved: Bool { message.reason == .resolved && root == nil }
}

extension SpoolState {
    /// What a receiver is to be sent next; nil if nothing is waiting.
    ///
    /// Messages about one group that are waiting at the same time are merged, up to the one that says that it is over:
    /// a receiver that comes back after an hour is told "fired 10:01, over 10:09", not first that it fires.
    func next(for receiver: String) -> OutgoingMessage? {
        guard let queue = queues[receiver], let head = queue.first?.message else { return nil }
        guard head.isAboutAlerts else { return OutgoingMessage(head) }
        var parts: [AlertMessage] = []
        for entry in queue where entry.message.isAboutAlerts && entry.message.group == head.group {
            parts.append(entry.message)
            if entry.message.reason == .resolved { break }
        }
        let last = parts[parts.count - 1]
        let unknown = owed[receiver]?[head.group].map { [$0] } ?? []
        var merged = last.including(unknown + parts.dropLast())
        // To a receiver that has heard nothing of the group, a reminder is the first news.
        let root = conversations[receiver]?[head.group]?.root
        if last.reason == .reminder, root == nil { merged = merged.with(reason: .firing) }
        return OutgoingMessage(message: merged, ids: parts.map(\.id), root: root)
    }
}

extension AlertMessage {
    /// Whether it reports on alerts of a rule; false for signs of life, tests and calls.
    var isAboutAlerts: Bool {
        switch reason {
        case .firing, .resolved, .reminder: true
        case .alive, .test, .call, .digest: false
        }
    }

    /// This message, with the alerts of earlier ones that it does not mention. Causes and callers that only an earlier
    /// one knows are kept.
    func including(_ earlier: [AlertMessage]) -> AlertMessage {
        guard !earlier.isEmpty else { return self }
        var alerts = alerts
        for alert in earlier.reversed().flatMap(\.alerts) {
            guard let index = alerts.firstIndex(where: { $0.identity == alert.identity }) else {
                alerts.append(alert)
                continue
            }
            let newer = alerts[index]
            alerts[index] = Alert(
                identity: newer.identity,
                severity: newer.severity,
                status: newer.status,
                startedAt: min(newer.startedAt, alert.startedAt),
                endedAt: newer.endedAt,
                summary: newer.summary,
                causes: newer.causes.isEmpty ? alert.causes : newer.causes,
                callers: newer.callers.isEmpty ? alert.callers : newer.callers,
                path: newer.path
            )
        }
        if reason == .resolved { alerts = alerts.map { $0.status == .resolved ? $0 : $0.resolved(at: createdAt) } }
        let firing = alerts.filter { $0.status == .firing } + alerts.filter { $0.status == .resolved }
        return AlertMessage(
            id: id,
            receiver: receiver,
            reason: reason,
            group: group,
            alerts: firing,
            createdAt: createdAt
        )
    }

    func with(reason: Reason) -> AlertMessage {
        AlertMessage(
            id: id,
            receiver: receiver,
            reason: reason,
            group: group,
            alerts: alerts,
            createdAt: createdAt
        )
    }
}

extension Alert {
    /// The same alert, over since a moment.
    fileprivate func resolved(at moment: Moment) -> Alert {
        Alert(
            identity: identity,
            severity: severity,
            status: .resolved,
            startedAt: startedAt,
            endedAt: moment,
            summary: summary,
            causes: causes,
            callers: callers,
            path: path
        )
    }
}
