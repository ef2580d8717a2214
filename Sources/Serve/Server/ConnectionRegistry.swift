import NIOCore
import Synchronization

/// The open connections, so that they can be counted and ended.
final class ConnectionRegistry: Sendable {
    private struct Entry {
        var channel: any Channel
        var end: @Sendable () -> Void
    }

    private struct State {
        var entries: [ObjectIdentifier: Entry] = [:]
        var isEnding = false
    }

    private let state = Mutex(State())
    private let most: Int

    init(most: Int) { self.most = most }

    /// The number of connections.
    var count: Int { state.withLock { $0.entries.count } }

    /// Registers a connection; false if it must be closed, because there are too many or the server is shutting down.
    func add(_ channel: any Channel, end: @escaping @Sendable () -> Void) -> Bool {
        state.withLock { state in
            guard !state.isEnding, state.entries.count < most else { return false }
            state.entries[ObjectIdentifier(channel)] = Entry(channel: channel, end: end)
            return true
        }
    }

    func remove(_ channel: any Channel) {
        state.withLock { _ = $0.entries.removeValue(forKey: ObjectIdentifier(channel)) }
    }

    /// Asks every connection to end, allows some time, then closes the rest.
    func end(within time: Duration) async {
        let ends = state.withLock { state in
            state.isEnding = true
            return state.entries.values.map(\.end)
        }
        for end in ends { end() }
        let deadline = ContinuousClock.now + time
        while count > 0, .now < deadline { try? await Task.sleep(for: .milliseconds(20)) }
        for entry in state.withLock({ Array($0.entries.values) }) { entry.channel.close(promise: nil) }
    }
}
