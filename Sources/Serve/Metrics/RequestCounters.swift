import Synchronization

/// How many requests were answered, by route. An unknown path is counted under one name, so that nobody can make series.
final class RequestCounters: Sendable {
    struct Key: Hashable, Sendable {
        var route: String
        var method: String
        var status: Int
    }

    private let counts = Mutex<[Key: Int]>([:])

    func count(route: String?, method: Method?, status: Status) {
        let key = Key(route: route ?? "none", method: method?.rawValue ?? "other", status: status.rawValue)
        counts.withLock { $0[key, default: 0] &+= 1 }
    }

    /// Counts so far, in a fixed order.
    var all: [(key: Key, count: Int)] {
        counts.withLock { $0 }.map { (key: $0.key, count: $0.value) }.sorted {
            ($0.key.route, $0.key.method, $0.key.status) < ($1.key.route, $1.key.method, $1.key.status)
        }
    }
}

/// What happened to streams of events.
final class StreamCounters: Sendable {
    struct Counts: Sendable, Equatable {
        /// Streams that are open now.
        var open = 0
        /// Streams that were ended because their client did not read.
        var dropped = 0
        /// Streams that were refused because there were too many.
        var refused = 0
    }

    private let counts = Mutex(Counts())
    private let most: Int

    init(most: Int = 256) { self.most = most }

    var current: Counts { counts.withLock { $0 } }

    /// Takes one more stream; false where there are as many as there may be.
    func open() -> Bool {
        counts.withLock { counts in
            guard counts.open < most else {
                counts.refused &+= 1
                return false
            }
            counts.open += 1
            return true
        }
    }

    func closed() { counts.withLock { $0.open -= 1 } }
    func dropped() { counts.withLock { $0.dropped &+= 1 } }
}
