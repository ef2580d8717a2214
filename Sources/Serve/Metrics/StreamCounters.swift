import Synchronization

/// Counts event streams, in total and for each user.
final class StreamCounters: Sendable {
    struct Counts: Sendable, Equatable {
        /// Streams that are open now.
        var open = 0
        /// Streams that were ended because their client did not read them.
        var dropped = 0
        /// Streams that were refused because there were too many.
        var refused = 0
    }

    /// A stream, which is counted for as long as this object lives.
    final class Ticket: Sendable {
        private let counters: StreamCounters
        private let user: String

        fileprivate init(_ counters: StreamCounters, _ user: String) { (self.counters, self.user) = (counters, user) }

        deinit { counters.closed(user) }
    }

    private struct State {
        var counts = Counts()
        var users: [String: Int] = [:]
    }

    private let state = Mutex(State())
    private let most: Int
    private let mostOfUser: Int

    init(most: Int = 256, ofUser mostOfUser: Int = 64) { (self.most, self.mostOfUser) = (most, mostOfUser) }

    var current: Counts { state.withLock { $0.counts } }

    /// Adds a stream for a user; nil if the limit is reached.
    func open(user: String) -> Ticket? {
        let isOpen = state.withLock { state in
            guard state.counts.open < most, state.users[user, default: 0] < mostOfUser else {
                state.counts.refused &+= 1
                return false
            }
            state.counts.open += 1
            state.users[user, default: 0] += 1
            return true
        }
        return isOpen ? Ticket(self, user) : nil
    }

    func dropped() { state.withLock { $0.counts.dropped &+= 1 } }

    private func closed(_ user: String) {
        state.withLock { state in
            state.counts.open -= 1
            let left = state.users[user, default: 1] - 1
            state.users[user] = left > 0 ? left : nil
        }
    }
}
