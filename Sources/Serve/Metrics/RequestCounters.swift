import Services
import Synchronization

/// How many requests were answered, and how long that took, by route. Unknown paths are counted under one name, so that clients
/// cannot create series.
final class RequestCounters: Sendable {
    struct Key: Hashable, Sendable {
        var route: String
        var method: String
        var status: Int
    }

    private struct Figures {
        var counts: [Key: Int] = [:]
        var times: [String: TimeHistogram] = [:]
    }

    private let figures = Mutex(Figures())

    func count(route: String?, method: Method?, status: Status, time: Duration) {
        let route = route ?? "none"
        let key = Key(route: route, method: method?.rawValue ?? "other", status: status.rawValue)
        figures.withLock { figures in
            figures.counts[key, default: 0] &+= 1
            figures.times[route, default: TimeHistogram()].add(time)
        }
    }

    /// Counts so far, in a fixed order.
    var all: [(key: Key, count: Int)] {
        figures.withLock { $0.counts }.map { (key: $0.key, count: $0.value) }.sorted {
            ($0.key.route, $0.key.method, $0.key.status) < ($1.key.route, $1.key.method, $1.key.status)
        }
    }

    /// How long requests took until their response was ready to be sent, by route, in a fixed order.
    var times: [(route: String, histogram: TimeHistogram)] {
        figures.withLock { $0.times }.map { (route: $0.key, histogram: $0.value) }.sorted { $0.route < $1.route }
    }
}
