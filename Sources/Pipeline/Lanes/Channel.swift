import Dispatch
import Synchronization

/// Hands values from one thread to another, in order and one at a time: who is faster waits.
final class Channel<Element: Sendable>: Sendable {
    private struct State {
        /// On its way from a sender to the receiver.
        var element: Element?
        var isClosed = false
    }

    private let state = Mutex(State())
    // Dispatch does not let a semaphore go that is below the value it began with, so both begin with 0.
    /// Signalled when there is an element, and at the end.
    private let arrival = DispatchSemaphore(value: 0)
    /// Signalled when the element was taken, and at the end.
    private let departure = DispatchSemaphore(value: 0)

    /// Leaves a value and waits until it is taken. Returns false where nobody wants values any more. For one thread only.
    func send(_ element: Element) -> Bool {
        let isOpen = state.withLock { state in
            if !state.isClosed { state.element = element }
            return !state.isClosed
        }
        if isOpen {
            arrival.signal()
            departure.wait()
        }
        return state.withLock { !$0.isClosed }
    }

    /// Waits for the next value; `nil` at the end. For one thread only.
    ///
    /// - Throws: `CancellationError` where the task is cancelled while it waits.
    func receive() throws -> Element? {
        while arrival.wait(timeout: .now() + .milliseconds(100)) == .timedOut { try Task.checkCancellation() }
        let element = state.withLock { $0.element.take() }
        // The end is still the end when it is asked for again.
        if element == nil { arrival.signal() } else { departure.signal() }
        return element
    }

    /// There will be no more values, or nobody wants them; one that waits may still be taken.
    func close() {
        state.withLock { $0.isClosed = true }
        arrival.signal()
        departure.signal()
    }
}
