import Synchronization

/// The buffer between a publisher, which never waits, and one reader.
final class HubBuffer<Element: HubElement, Failure: Error>: Sendable {
    typealias Item = HubReader<Element, Failure>.Item

    enum Next: Sendable {
        case item(Item)
        case finished(Result<Void, Failure>)
        case deadline
        case cancelled
    }

    private struct State {
        var items: [Item] = []
        /// The index of the next item; those before it were taken.
        var head = 0
        /// The size of the waiting elements in bytes.
        var bytes = 0
        /// Elements dropped since the last item that was accepted; reported before the next one.
        var pendingLag = 0
        /// An essential element that arrived while the buffer was full.
        var lateEssential: Element?
        var counts = HubCounts()
        var end: Result<Void, Failure>?
        var isClosed = false
        var waiter: CheckedContinuation<Next, Never>?
        /// Until when the reader waits; nil means forever.
        var deadline: ContinuousClock.Instant?
        /// When the running timer will fire. There is never more than one timer for a deadline, however many waits it
        /// ends.
        var timer: ContinuousClock.Instant?

        mutating func take() -> Next? {
            if head < items.count {
                let item = items[head]
                if case .element(let element) = item {
                    bytes -= element.byteCount
                    // Releases the element's memory as soon as it is read.
                    items[head] = .lag(dropped: 0)
                }
                head += 1
                if head >= 1024, head * 2 >= items.count {
                    items.removeFirst(head)
                    head = 0
                }
                return .item(item)
            }
            if pendingLag > 0 {
                defer { pendingLag = 0 }
                return .item(.lag(dropped: pendingLag))
            }
            if let element = lateEssential.take() { return .item(.element(element)) }
            return end.map { .finished($0) }
        }
    }

    private let limit: HubLimit
    private let isWanted: @Sendable (Element) -> Bool
    private let state = Mutex(State())

    init(limit: HubLimit, isWanted: @escaping @Sendable (Element) -> Bool) {
        self.limit = limit
        self.isWanted = isWanted
    }

    var counts: HubCounts { state.withLock { $0.counts } }
    var isClosed: Bool { state.withLock { $0.isClosed } }
    var unread: (events: Int, bytes: Int) { state.withLock { ($0.items.count - $0.head, $0.bytes) } }

    var isFinished: Bool {
        state.withLock { $0.end != nil && $0.head == $0.items.count && $0.pendingLag == 0 && $0.lateEssential == nil }
    }

    func push(_ element: Element) {
        guard isWanted(element) else { return }
        state.withLock { state in
            guard !state.isClosed, state.end == nil else { return }
            if !element.isEssential { state.counts.received += 1 }
            let size = element.byteCount
            // After a loss, nothing may overtake the notice of it.
            let hasRoom = state.items.count - state.head < limit.events && size <= limit.bytes - state.bytes
            guard hasRoom else {
                if element.isEssential {
                    state.lateEssential = element
                } else {
                    state.counts.dropped += 1
                    state.pendingLag += 1
                }
                return
            }
            if state.pendingLag > 0 {
                state.items.append(.lag(dropped: state.pendingLag))
                state.pendingLag = 0
            }
            if let late = state.lateEssential.take() {
                state.items.append(.element(late))
                state.bytes += late.byteCount
            }
            state.items.append(.element(element))
            state.bytes += size
            wake(&state)
        }
    }

    func finish(_ end: Result<Void, Failure>) {
        state.withLock { state in
            guard state.end == nil else { return }
            state.end = end
            wake(&state)
        }
    }

    /// The reader is gone.
    func close() {
        state.withLock { state in
            state.isClosed = true
            (state.items, state.head, state.bytes) = ([], 0, 0)
            state.lateEssential = nil
        }
    }

    private func wake(_ state: inout State) {
        guard let waiter = state.waiter, let next = state.take() else { return }
        state.waiter = nil
        waiter.resume(returning: next)
    }

    /// The next item as soon as it is available, or the reason why there is none.
    func next(until deadline: ContinuousClock.Instant? = nil) async -> Next {
        if let next = state.withLock({ $0.take() }) { return next }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let starts = state.withLock { state in
                    if let next = state.take() {
                        continuation.resume(returning: next)
                        return false
                    }
                    // A second task would steal the first one's items.
                    guard state.waiter == nil, !Task.isCancelled else {
                        continuation.resume(returning: .cancelled)
                        return false
                    }
                    state.waiter = continuation
                    state.deadline = deadline
                    guard let deadline, state.timer.map({ $0 > deadline }) ?? true else { return false }
                    state.timer = deadline
                    return true
                }
                if starts, let deadline { expire(at: deadline) }
            }
        } onCancel: {
            abandon()
        }
    }

    /// Ends the wait at its deadline, whichever wait it belongs to by then.
    private func expire(at deadline: ContinuousClock.Instant) {
        Task {
            try? await Task.sleep(until: deadline, clock: .continuous)
            let later: ContinuousClock.Instant? = state.withLock { state in
                // A timer that was set for an earlier deadline fires first and is then extended to this one.
                guard state.timer == deadline else { return nil }
                state.timer = nil
                guard let waiter = state.waiter, let until = state.deadline else { return nil }
                guard until <= .now else {
                    state.timer = until
                    return until
                }
                state.waiter = nil
                waiter.resume(returning: .deadline)
                return nil
            }
            if let later { expire(at: later) }
        }
    }

    private func abandon() {
        state.withLock { state in
            guard let waiter = state.waiter else { return }
            state.waiter = nil
            waiter.resume(returning: .cancelled)
        }
    }
}
