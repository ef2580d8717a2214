internal import AMI
internal import Synchronization

/// Between the connection, which never waits, and the one consumer of its events.
///
/// When the buffer is full, new items are dropped and counted, and a gap stands in their place. Then at most `capacity + 1`
/// items are held, whatever happens.
final class EventBuffer: Sendable {
    enum Next: Sendable {
        case item(EventStream.Item)
        case finished(ManagerError?)
        case deadline
    }

    private struct State {
        var items: [EventStream.Item] = []
        /// Where the next item is; those before are taken.
        var head = 0
        /// Dropped since the last item that was taken in. The gap is told before the next one.
        var pendingGap = 0
        var counts = EventStream.Counts()
        var end: (isFinished: Bool, error: ManagerError?) = (false, nil)
        var waiter: CheckedContinuation<Next, Never>?
        /// Until when the consumer waits; nil for ever.
        var deadline: ContinuousClock.Instant?
        /// When the timer that is running will look. There is never more than one for a deadline, however many waits it ends.
        var timer: ContinuousClock.Instant?

        mutating func take() -> Next? {
            if head < items.count {
                let item = items[head]
                head += 1
                if head >= 1024, head * 2 >= items.count {
                    items.removeFirst(head)
                    head = 0
                }
                return .item(item)
            }
            if pendingGap > 0 {
                defer { pendingGap = 0 }
                return .item(.gap(dropped: pendingGap))
            }
            return end.isFinished ? .finished(end.error) : nil
        }
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    var counts: EventStream.Counts { state.withLock { $0.counts } }

    func push(_ event: Message) {
        state.withLock {
            $0.counts.received += 1
            guard $0.items.count - $0.head < capacity else {
                $0.counts.dropped += 1
                $0.pendingGap += 1
                return
            }
            enqueue(.event(event), &$0)
        }
    }

    /// Takes in a change of the connection; these are few and never dropped.
    func push(change item: EventStream.Item) {
        state.withLock {
            if case .disconnected = item { $0.counts.reconnects += 1 }
            enqueue(item, &$0)
        }
    }

    private func enqueue(_ item: EventStream.Item, _ state: inout State) {
        guard !state.end.isFinished else { return }
        if state.pendingGap > 0 {
            state.items.append(.gap(dropped: state.pendingGap))
            state.pendingGap = 0
        }
        state.items.append(item)
        wake(&state)
    }

    func finish(_ error: ManagerError?) {
        state.withLock {
            guard !$0.end.isFinished else { return }
            $0.end = (true, error)
            wake(&$0)
        }
    }

    private func wake(_ state: inout State) {
        guard let waiter = state.waiter, let next = state.take() else { return }
        state.waiter = nil
        waiter.resume(returning: next)
    }

    /// The next item, when there is one.
    ///
    /// - Parameter deadline: When to give up waiting; nil waits for ever.
    /// - Returns: The item, or why there is none. Cancellation ends the wait as a failure of the stream.
    func next(until deadline: ContinuousClock.Instant? = nil) async -> Next {
        if let next = state.withLock({ $0.take() }) { return next }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let starts = state.withLock {
                    if let next = $0.take() {
                        continuation.resume(returning: next)
                        return false
                    }
                    // A second consumer would steal the first one's events.
                    guard $0.waiter == nil, !Task.isCancelled else {
                        continuation.resume(
                            returning: .finished(ManagerError(.cancelled, "The wait for events was cancelled."))
                        )
                        return false
                    }
                    $0.waiter = continuation
                    $0.deadline = deadline
                    guard let deadline, $0.timer.map({ $0 > deadline }) ?? true else { return false }
                    $0.timer = deadline
                    return true
                }
                if starts, let deadline { expire(at: deadline) }
            }
        } onCancel: {
            abandon(.finished(ManagerError(.cancelled, "The wait for events was cancelled.")))
        }
    }

    /// Ends the wait at its deadline, whichever wait that is by then.
    private func expire(at deadline: ContinuousClock.Instant) {
        Task {
            try? await Task.sleep(until: deadline, clock: .continuous)
            let later: ContinuousClock.Instant? = state.withLock {
                // A timer that was set for an earlier deadline looks first, and goes on to this one.
                guard $0.timer == deadline else { return nil }
                $0.timer = nil
                guard let waiter = $0.waiter, let until = $0.deadline else { return nil }
                guard until <= .now else {
                    $0.timer = until
                    return until
                }
                $0.waiter = nil
                waiter.resume(returning: .deadline)
                return nil
            }
            if let later { expire(at: later) }
        }
    }

    private func abandon(_ next: Next) {
        state.withLock {
            guard let waiter = $0.waiter else { return }
            $0.waiter = nil
            waiter.resume(returning: next)
        }
    }
}
