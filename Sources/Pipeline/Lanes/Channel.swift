import Dispatch
import Synchronization

/// Passes values from one thread to another, in order and one at a time: the faster side waits.
final class Channel<Element: Sendable>: Sendable {
    private struct State {
        /// The value on its way from the sender to the receiver.
        var element: Element?
        var isClosed = false
    }

    private let state = Mutex(State())
    // Dispatch does not allow a semaphore to be released while it is below its initial value, so both begin with 0.
    /// Signalled when there is an element, and at the end.
    private let arrival = DispatchSemaphore(value: 0)
    /// Signalled when the element was taken, and at the end.
    private let departure = DispatchSemaphore(value: 0)

    /// Passes a value and waits until it is taken. Returns false if no more values are wanted. For one thread only.
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
    /// - Throws: `CancellationError` if the task is cancelled while it waits.
    func receive() throws -> Element? {
        while arrival.wait(timeout: .now() + .milliseconds(100)) == .timedOut { try Task.checkCancellation() }
        let element = state.withLock { $0.element.take() }
        // The end must also be returned if it is requested again.
        if element == nil { arrival.signal() } else { departure.signal() }
        return element
    }

    /// No more values will come, or none are wanted; a waiting value may still be taken.
    func close() {
        state.withLock { $0.isClosed = true }
        arrival.signal()
        departure.signal()
    }
}
