/// What is expected in answer to an action.
public enum ExpectedAnswer: Sendable {
    /// One reply; a list only if the reply announces it with `EventList: start`.
    case reply
    /// A list: the items and their end are awaited even if the reply does not announce them (Asterisk 11).
    case list
}

/// An action that is not finished yet, as its owner may see it.
public struct ActionInFlight: Sendable {
    /// The number under which it was submitted.
    public let ticket: Int
    /// The action's name.
    public let name: String
    /// Whether it was passed to the connection.
    public let isSent: Bool
    /// When it was submitted.
    public let since: ContinuousClock.Instant
}

/// The actions that are waiting or in flight, and those that ended without an answer.
struct ActionTable {
    struct Pending {
        let name: String
        let bytes: [UInt8]
        let expectation: ExpectedAnswer
        let since: ContinuousClock.Instant
        let deadline: ContinuousClock.Instant
        var isSent = false
        var response: Message?
        var items: [Message] = []
        var itemBytes = 0
    }

    private let prefix: String
    private var lastNumber = 0
    private(set) var pending: [Int: Pending] = [:]
    /// Tickets that are not sent yet, in order. Each is in `pending` unless its deadline has passed.
    private var waiting: [Int] = []
    private(set) var sentCount = 0
    /// The last keepalive `Ping`, until its answer comes.
    var keepaliveTicket: Int?
    /// When it was sent; nil again as soon as the PBX says anything.
    var keepaliveSince: ContinuousClock.Instant?
    /// Tickets abandoned after sending, newest last, so that a late list is not taken for events. Bounded.
    private var abandoned: [Int] = []

    init(prefix: String) {
        self.prefix = prefix
    }

    /// An ActionID for the session's own actions.
    mutating func internalID() -> String {
        lastNumber += 1
        return id(of: lastNumber)
    }

    func id(of ticket: Int) -> String { "\(prefix)-\(ticket)" }

    /// The ticket of an ActionID of this session.
    func ticket(of id: String) -> Int? {
        guard id.hasPrefix(prefix), id.dropFirst(prefix.count).first == "-" else { return nil }
        return Int(id.dropFirst(prefix.count + 1))
    }

    mutating func nextTicket() -> Int {
        lastNumber += 1
        return lastNumber
    }

    mutating func add(_ action: Pending, as ticket: Int) {
        pending[ticket] = action
        waiting.append(ticket)
    }

    /// The next action to send, marked as sent.
    mutating func nextToSend(atOnce: Int) -> [UInt8]? {
        while sentCount < atOnce, !waiting.isEmpty {
            let ticket = waiting.removeFirst()
            guard pending[ticket] != nil else { continue }
            pending[ticket]?.isSent = true
            sentCount += 1
            return pending[ticket]?.bytes
        }
        return nil
    }

    mutating func remove(_ ticket: Int) -> Pending? {
        guard let removed = pending.removeValue(forKey: ticket) else { return nil }
        if removed.isSent { sentCount -= 1 }
        return removed
    }

    /// Abandons an action whose answer may still come.
    mutating func abandon(_ ticket: Int) -> Pending? {
        abandoned.append(ticket)
        if abandoned.count > 256 { abandoned.removeFirst() }
        return remove(ticket)
    }

    /// Whether the action's reply has come and its list is still arriving.
    func isCollecting(_ ticket: Int) -> Bool { pending[ticket]?.response != nil }

    func isAbandoned(_ ticket: Int) -> Bool { abandoned.contains(ticket) }

    mutating func update(_ ticket: Int, _ change: (inout Pending) -> Void) {
        guard var action = pending[ticket] else { return }
        // Removed while it is changed, so that its items are not copied.
        pending[ticket] = nil
        change(&action)
        pending[ticket] = action
    }

    mutating func removeAll() -> [(Int, Pending)] {
        defer {
            pending.removeAll()
            waiting.removeAll()
            sentCount = 0
        }
        return pending.sorted { $0.key < $1.key }
    }

    var waitingCount: Int { pending.count - sentCount }
    var earliestDeadline: ContinuousClock.Instant? { pending.values.lazy.map(\.deadline).min() }

    var inFlight: [ActionInFlight] {
        pending.sorted { $0.key < $1.key }.map {
            ActionInFlight(ticket: $0.key, name: $0.value.name, isSent: $0.value.isSent, since: $0.value.since)
        }
    }
}
