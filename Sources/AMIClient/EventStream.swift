import AMI
import Switchboard

/// An element of a feed's hub.
enum FeedElement: HubElement {
    case event(ReceivedEvent)
    case connected(banner: String)
    case disconnected(ManagerError, retryAfter: Duration)

    var byteCount: Int {
        guard case .event(let event) = self else { return 256 }
        // A decoded event takes roughly the size of its text again.
        return event.raw.byteCount * 2 + 256
    }

    var isEssential: Bool { if case .event = self { false } else { true } }
}

typealias FeedHub = EventHub<FeedElement, ManagerError>
typealias FeedReader = HubReader<FeedElement, ManagerError>

/// Events in order of arrival, and changes of their connection, for one consumer. Several streams of one feed do not
/// affect each other: each has its own limit.
public struct EventStream: AsyncSequence, Sendable {
    /// One item of the stream.
    public enum Item: Sendable {
        /// A decoded event, with the message that the PBX sent.
        case event(ReceivedEvent)
        /// The consumer was too slow: this many events are missing here.
        case gap(dropped: Int)
        /// A connection was established, for the first time or again. State that was built from events must be read
        /// again.
        case connected(banner: String)
        /// The connection was lost; the next attempt follows after `retryAfter`. Events sent in the meantime are
        /// missing.
        case disconnected(ManagerError, retryAfter: Duration)
    }

    /// Counts of events.
    public struct Counts: Sendable, Equatable {
        /// Events received from the PBX for this stream.
        public var received = 0
        /// Those of them that the consumer never received.
        public var dropped = 0
        /// How often an open connection was lost; each time, an unknown number of events was missed.
        public var reconnects = 0

        /// Counts, each of which is 0 unless given.
        public init(received: Int = 0, dropped: Int = 0, reconnects: Int = 0) {
            (self.received, self.dropped, self.reconnects) = (received, dropped, reconnects)
        }
    }

    let reader: FeedReader
    /// How often the connection was lost.
    let losses: @Sendable () -> Int

    /// The counts so far.
    public var counts: Counts {
        let counts = reader.counts
        return Counts(received: counts.received, dropped: counts.dropped, reconnects: losses())
    }

    /// Whether the stream has ended and was read completely.
    public var isFinished: Bool { reader.isFinished }

    /// The number of events waiting to be read, and their size in bytes.
    public var unread: (events: Int, bytes: Int) { reader.unread }

    /// An iterator; only one may exist at a time.
    public func makeAsyncIterator() -> Iterator { Iterator(stream: self) }

    /// Yields items until the stream ends.
    public struct Iterator: AsyncIteratorProtocol {
        let stream: EventStream

        /// The next item; nil at the end of the stream.
        ///
        /// - Throws: ``ManagerError`` if the stream ended with an error, or the task was cancelled.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(ManagerError) -> Item? {
            try await stream.next()
        }
    }

    /// The next item; nil at the end of the stream.
    ///
    /// - Throws: ``ManagerError`` if the stream ended with an error, or the task was cancelled.
    public func next() async throws(ManagerError) -> Item? { try await item(until: nil) }

    /// The next item, or nil if none arrives before the deadline or the stream ended normally.
    ///
    /// - Throws: ``ManagerError`` if the stream ended with an error, or the task was cancelled.
    public func next(until deadline: ContinuousClock.Instant) async throws(ManagerError) -> Item? {
        try await item(until: deadline)
    }

    private func item(until deadline: ContinuousClock.Instant?) async throws(ManagerError) -> Item? {
        switch try await reader.next(until: deadline) {
        case .element(.event(let event)): return .event(event)
        case .element(.connected(let banner)): return .connected(banner: banner)
        case .element(.disconnected(let error, let pause)): return .disconnected(error, retryAfter: pause)
        case .lag(let dropped): return .gap(dropped: dropped)
        case nil:
            if Task.isCancelled { throw ManagerError(.cancelled, "The wait for events was cancelled.") }
            return nil
        }
    }

    /// Examines events until one yields a result.
    ///
    /// - Returns: The result, or nil if none came before the deadline.
    /// - Throws: ``ManagerError`` with code `outcomeUnknown` if events were lost while waiting.
    func first<Result>(
        until deadline: ContinuousClock.Instant,
        _ find: (PBXEvent) -> Result?
    ) async throws(ManagerError) -> Result? {
        while let item = try await next(until: deadline) {
            switch item {
            case .event(let received):
                for part in received.parts {
                    if let result = find(part.event) { return result }
                }
            case .gap, .disconnected:
                throw ManagerError(.outcomeUnknown, "Events were lost while waiting for the confirmation.")
            case .connected: continue
            }
        }
        return nil
    }
}
