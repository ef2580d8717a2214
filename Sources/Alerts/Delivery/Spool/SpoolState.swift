public import Base

/// What the spool's lines amount to: for every receiver, the messages that wait, in order, and what it has been told.
///
/// Pure: a fold over ``SpoolRecord``.
public struct SpoolState: Sendable, Equatable {
    /// A message that waits for its receiver.
    struct Entry: Sendable, Equatable {
        let message: AlertMessage
        /// Whether the fallback receiver has been given it too.
        var isCopied = false
        /// Whether it is such a copy. A copy is not copied again.
        var isCopy = false
    }

    /// A group of alerts of which a receiver knows that it fires.
    struct Conversation: Sendable, Equatable {
        /// The id of the first message that it got about the group: mails refer to it.
        let root: String
        /// The last message that it got about the group.
        let message: AlertMessage
    }

    /// The figures of one receiver.
    public struct Figures: Sendable, Equatable, Codable {
        /// Messages that it has.
        public internal(set) var delivered = 0
        /// Messages that it refused.
        public internal(set) var failed = 0
        /// Messages that it did not take for a day, or not before they were of no more use.
        public internal(set) var expired = 0
        /// When it last got a message.
        public internal(set) var lastDelivery: Moment?
        /// When a message last failed or expired.
        public internal(set) var lastFailure: Moment?
        /// Why.
        public internal(set) var lastReason: String?
        /// When the last sign of life was queued.
        var lastSignOfLife: Moment?
    }

    private(set) var queues: [String: [Entry]] = [:]
    private(set) var conversations: [String: [String: Conversation]] = [:]
    /// The last message about a group that a receiver never got, by receiver and group.
    private(set) var owed: [String: [String: AlertMessage]] = [:]
    /// The fallback receiver that was told of a group, by receiver and group.
    private(set) var diverted: [String: [String: String]] = [:]
    private(set) var figures: [String: Figures] = [:]
    /// Ids that are waiting.
    private var waiting: Set<String> = []
    /// Ids that were settled lately, oldest first.
    private(set) var settled: [String] = []

    /// How many groups of a receiver, and how many settled ids, are remembered.
    static let memory = 1000

    /// Nothing is waiting.
    init() {}

    /// Messages that wait.
    var count: Int { waiting.count }

    /// Messages about calls that wait.
    private(set) var calls = 0

    /// Whether a message is waiting, or was settled lately.
    func knows(_ id: String) -> Bool { waiting.contains(id) || settled.contains(id) }

    /// When the message that has been waiting longest for a receiver was queued.
    func oldest(for receiver: String) -> Moment? { queues[receiver]?.map(\.message.createdAt).min() }

    /// The id of a message's copy for a fallback receiver.
    static func copy(of id: String, for fallback: String) -> String { "\(id).\(fallback)" }

    mutating func apply(_ record: SpoolRecord) {
        switch record {
        case .queued(let message): add(Entry(message: message))
        case .copied(let id, let receiver, let fallback): copy(id, of: receiver, to: fallback)
        case .delivered(let receiver, let ids, let moment): deliver(ids, to: receiver, at: moment)
        case .failed(let receiver, let ids, let moment, let reason):
            let count = abandon(ids, of: receiver, at: moment, because: reason)
            add(count, to: \.failed, of: receiver)
        case .expired(let receiver, let ids, let moment, let reason):
            let count = abandon(ids, of: receiver, at: moment, because: reason)
            add(count, to: \.expired, of: receiver)
        case .pending(let message, let isCopied, let isCopy):
            add(Entry(message: message, isCopied: isCopied, isCopy: isCopy))
        case .conversation(let receiver, let root, let message):
            conversations[receiver, default: [:]][message.group] = Conversation(root: root, message: message)
        case .owed(let receiver, let message): owed[receiver, default: [:]][message.group] = message
        case .diverted(let receiver, let group, let fallback):
            diverted[receiver, default: [:]][group] = fallback
        case .counted(let receiver, let counted): figures[receiver] = counted
        case .settled(let ids): remember(ids.filter { !waiting.contains($0) })
        }
    }

    /// Counts messages. A figure of a damaged file may be at the end of its range, and stays there.
    private mutating func add(_ count: Int, to figure: WritableKeyPath<Figures, Int>, of receiver: String) {
        let (sum, overflow) = figures[receiver, default: Figures()][keyPath: figure].addingReportingOverflow(count)
        figures[receiver, default: Figures()][keyPath: figure] = overflow ? .max : sum
    }

    private mutating func add(_ entry: Entry) {
        let message = entry.message
        guard !knows(message.id) else { return }
        waiting.insert(message.id)
        if message.reason == .call { calls += 1 }
        queues[message.receiver, default: []].append(entry)
        if message.reason == .alive {
            figures[message.receiver, default: Figures()].lastSignOfLife = message.createdAt
        }
    }

    private mutating func copy(_ id: String, of receiver: String, to fallback: String) {
        guard let index = queues[receiver]?.firstIndex(where: { $0.message.id == id }),
            let message = queues[receiver]?[index].message
        else { return }
        queues[receiver]?[index].isCopied = true
        let copy = AlertMessage(
            id: Self.copy(of: id, for: fallback),
            receiver: fallback,
            reason: message.reason,
            group: message.group,
            alerts: message.alerts,
            createdAt: message.createdAt,
            call: message.call
        )
        add(Entry(message: copy, isCopy: true))
        guard message.isAboutAlerts else { return }
        diverted[receiver, default: [:]][message.group] = message.reason == .resolved ? nil : fallback
        diverted[receiver] = Self.trimmed(diverted[receiver])
    }

    private mutating func deliver(_ ids: [String], to receiver: String, at moment: Moment) {
        let parts = take(ids, from: receiver)
        add(parts.count, to: \.delivered, of: receiver)
        figures[receiver, default: Figures()].lastDelivery = moment
        guard let last = parts.last, last.isAboutAlerts else { return }
        let group = last.group
        let previous = owed[receiver]?.removeValue(forKey: group)
        if last.reason == .resolved {
            conversations[receiver]?[group] = nil
        } else {
            let root = conversations[receiver]?[group]?.root ?? last.id
            let message = last.including(([previous] + parts.dropLast()).compactMap { $0 })
            conversations[receiver, default: [:]][group] = Conversation(root: root, message: message)
        }
        forgetOldest(of: receiver)
    }

    /// Removes messages that will not be delivered. Returns how many there were.
    private mutating func abandon(
        _ ids: [String],
        of receiver: String,
        at moment: Moment,
        because reason: String
    ) -> Int {
        let parts = take(ids, from: receiver)
        guard let last = parts.last else { return 0 }
        figures[receiver, default: Figures()].lastFailure = moment
        figures[receiver, default: Figures()].lastReason = reason
        guard last.isAboutAlerts else { return parts.count }
        let previous = owed[receiver]?.removeValue(forKey: last.group)
        if last.reason == .resolved {
            conversations[receiver]?[last.group] = nil
        } else if conversations[receiver]?[last.group] == nil {
            owed[receiver, default: [:]][last.group] = last.including(
                ([previous] + parts.dropLast()).compactMap { $0 }
            )
        }
        forgetOldest(of: receiver)
        return parts.count
    }

    /// Removes messages from a queue, and returns them in the queue's order.
    private mutating func take(_ ids: [String], from receiver: String) -> [AlertMessage] {
        let ids = Set(ids)
        let parts = (queues[receiver] ?? []).map(\.message).filter { ids.contains($0.id) }
        queues[receiver]?.removeAll { ids.contains($0.message.id) }
        if queues[receiver]?.isEmpty == true { queues[receiver] = nil }
        for part in parts { waiting.remove(part.id) }
        calls -= parts.count { $0.reason == .call }
        remember(parts.map(\.id))
        return parts
    }

    private mutating func remember(_ ids: [String]) {
        settled += ids
        settled.removeFirst(max(0, settled.count - Self.memory))
    }

    private mutating func forgetOldest(of receiver: String) {
        if let known = conversations[receiver] {
            conversations[receiver] = Self.newest(of: known) { $0.message.createdAt }
        }
        if let known = owed[receiver] { owed[receiver] = Self.newest(of: known, by: \.createdAt) }
    }

    private static func trimmed(_ groups: [String: String]?) -> [String: String]? {
        guard let groups, !groups.isEmpty else { return nil }
        guard groups.count > memory else { return groups }
        return Dictionary(uniqueKeysWithValues: groups.sorted { $0.key < $1.key }.suffix(memory).map { ($0, $1) })
    }

    /// At most as many groups as are remembered; nil for none.
    private static func newest<Value>(
        of groups: [String: Value],
        by time: (Value) -> Moment
    ) -> [String: Value]? {
        guard groups.count > memory else { return groups.isEmpty ? nil : groups }
        let kept = groups.sorted { (time($0.value), $0.key) < (time($1.value), $1.key) }.suffix(memory)
        return Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
    }
}
