import Synchronization

/// How many requests were answered, by route. Unknown paths are counted under one name, so that clients cannot create
/// series.
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
