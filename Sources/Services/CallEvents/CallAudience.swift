import Alerts
import Base
import CallRecords
import Configuration
import Switchboard

/// Which receivers are told of an event of a call.
struct CallAudience: Sendable {
    /// One table of `[call_events.NAME]`.
    struct Section: Sendable {
        let receivers: [String]
        let events: Set<String>
        let pbxs: Set<String>
        /// Keys of queues; one that ends in `*` stands for any ending.
        let queues: [String]
        let directions: Set<String>
        let keep: Duration

        init(_ settings: CallEventSettings) {
            receivers = settings.receivers + (settings.url == nil ? [] : [Self.receiver(of: settings.name)])
            (events, pbxs) = (Set(settings.events), Set(settings.pbxs))
            (queues, directions) = (settings.queues.map(QueueName.key), Set(settings.directions))
            keep = .seconds(settings.keep)
        }

        /// The name of the receiver with the section's own URL. A receiver of alerts cannot have it.
        static func receiver(of name: String) -> String { "call_events.\(name)" }

        func wants(_ news: CallNews) -> Bool {
            events.contains(news.notice.kind.rawValue) && (pbxs.isEmpty || pbxs.contains(news.pbx))
                && CallAudience.matches(news.notice.call.queue, queues)
                && (directions.isEmpty || directions.contains(news.notice.call.direction.rawValue))
        }
    }

    let sections: [Section]

    init(_ sections: [CallEventSettings]) { self.sections = sections.map(Section.init) }

    /// Whether a queue is one of those; all calls if there are none.
    static func matches(_ queue: String, _ patterns: [String]) -> Bool {
        let queue = QueueName.key(queue)
        return patterns.isEmpty
            || patterns.contains { $0.hasSuffix("*") ? queue.hasPrefix($0.dropLast()) : !queue.isEmpty && queue == $0 }
    }

    /// The messages about an event, one for each receiver.
    func messages(about news: CallNews, at now: Moment) -> [AlertMessage] {
        var told: Set<String> = []
        var messages: [AlertMessage] = []
        for section in sections where section.wants(news) {
            for receiver in section.receivers where told.insert(receiver).inserted {
                messages.append(news.message(to: receiver, keep: section.keep, at: now))
            }
        }
        return messages
    }
}

extension CallNews {
    /// The message for a receiver. What rings is of no use a minute later; everything else is.
    func message(to receiver: String, keep: Duration, at now: Moment) -> AlertMessage {
        let isBrief = notice.kind == .ringing || notice.kind == .popOpen
        var labels = ["pbx": pbx, "direction": notice.call.direction.rawValue]
        if !notice.call.queue.isEmpty { labels["queue"] = notice.call.queue }
        return AlertMessage(
            id: "\(id)/to/\(receiver)",
            receiver: receiver,
            reason: .call,
            group: "call",
            alerts: [
                Alert(
                    identity: AlertIdentity(rule: notice.kind.rawValue, labels: labels),
                    severity: .info,
                    status: .firing,
                    startedAt: notice.at,
                    endedAt: nil,
                    summary: sentence,
                    path: "/calls"
                )
            ],
            createdAt: now,
            call: AlertMessage.CallBody(
                event: notice.kind.rawValue,
                json: json.line,
                expiresAt: isBrief ? now + keep : nil
            )
        )
    }

    /// The event for people.
    var sentence: String {
        let call = notice.call
        let caller = party
        let agent = notice.agent.map { $0.name ?? $0.key } ?? localized("somebody")
        let queue = call.queue
        switch notice.kind {
        case .ringing:
            return queue.isEmpty ? localized("\(caller) calls.") : localized("\(caller) calls \(queue).")
        case .answered:
            return queue.isEmpty
                ? localized("\(agent) answered the call of \(caller).")
                : localized("\(agent) answered the call of \(caller) in \(queue).")
        case .ended:
            let length = DurationText.of((call.endedAt ?? notice.at) - call.startedAt)
            return localized("The call of \(caller) is over after \(length).")
        case .lost:
            let wait = DurationText.of(call.wait ?? .zero)
            return queue.isEmpty
                ? localized("Nobody answered \(caller), who waited \(wait).")
                : localized("Nobody answered \(caller), who waited \(wait) in \(queue).")
        case .missed: return localized("Nobody answered the call of \(caller).")
        case .popOpen: return localized("The phone of \(agent) rings: \(caller).")
        case .popClose: return localized("The phone of \(agent) no longer rings.")
        }
    }

    /// `Anna Smirnova (+4930…)`
    var party: String {
        let number = e164 ?? number ?? notice.call.callerNumber
        let name = contact?.name ?? ""
        if name.isEmpty { return number.isEmpty ? localized("a caller without a number") : number }
        return number.isEmpty ? name : "\(name) (\(number))"
    }
}
