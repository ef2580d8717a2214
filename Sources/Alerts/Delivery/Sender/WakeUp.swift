import Synchronization

/// Lets one task sleep until another wakes it. A call that finds nobody asleep is remembered, once.
final class WakeUp: Sendable {
    private struct State {
        var isPending = false
        var sleeper: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Wakes the sleeper, or keeps the next sleep from beginning.
    func call() {
        let sleeper = state.withLock { state -> CheckedContinuation<Void, Never>? in
            defer { state.sleeper = nil }
            state.isPending = state.sleeper == nil
            return state.sleeper
        }
        sleeper?.resume()
    }

    /// Sleeps until it is called, for at most a time, or until the task is cancelled. For one task at a time.
    func sleep(atMost limit: Duration?) async {
        await withTaskGroup(of: Void.self) { group in
            if let limit { group.addTask { try? await Task.sleep(for: limit) } }
            group.addTask { await self.untilCalled() }
            await group.next()
            group.cancelAll()
        }
    }

    private func untilCalled() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    if state.isPending || Task.isCancelled {
                        state.isPending = false
                        return true
                    }
                    state.sleeper = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                defer { state.sleeper = nil }
                return state.sleeper
            }
            sleeper?.resume()
        }
    }
}
