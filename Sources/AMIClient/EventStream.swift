import AMI
import Switchboard

/// What a feed's hub hands on.
enum FeedElement: HubElement {
    case event(ReceivedEvent)
    case connected(banner: String)
    case disconnected(ManagerError, retryAfter: Duration)

    var byteCount: Int {
        guard case .event(let event) = self else { return 256 }
        // A decoded event takes about as much again as its text.
        return event.raw.byteCount * 2 + 256
    }

    var isEssential: Bool { if case .event = self { false } else { true } }
}

typealias FeedHub = EventHub<FeedElement, ManagerError>
typealias FeedReader = HubReader<FeedElement, ManagerError>

/// Events as they come, and what happened to their connection, for one consumer. Several streams of one feed do not disturb each
/// other: each has a limit of its own.
public struct EventStream: AsyncSequence, Sendable {
    /// One thing to know.
    public enum Item: Sendable {
        /// An event, decoded, with the message that the PBX sent.
        case event(ReceivedEvent)
        /// The consumer was too slow: this many events are missing here.
        case gap(dropped: Int)
        /// A connection is there, the first or a new one. State that was built from events has to be read anew.
        case connected(banner: String)
        /// The connection is gone; the next attempt follows after `retryAfter`. Events of the meantime are missing.
        case disconnected(ManagerError, retryAfter: Duration)
    }

    /// What went through.
    public struct Counts: Sendable, Equatable {
        /// Events that came from the PBX for this stream.
        public var received = 0
        /// Events among them that the consumer never got.
        public var dropped = 0
        /// How often an open connection was lost; each time, events were missed that nobody can count.
        public var reconnects = 0

        /// Counts, of which each is 0 unless given.
        public init(received: Int = 0, dropped: Int = 0, reconnects: Int = 0) {
            (self.received, self.dropped, self.reconnects) = (received, dropped, reconnects)
        }
    }

    let reader: FeedReader
    /// How often the connection was lost.
    let losses: @Sendable () -> Int

    /// What went through so far.
    public var counts: Counts {
        let counts = reader.counts
        return Counts(received: counts.received, dropped: counts.dropped, reconnects: losses())
    }

    /// Whether the stream has ended and everything of it was read.
    public var isFinished: Bool { reader.isFinished }

    /// Events and bytes that wait to be read.
    public var unread: (events: Int, bytes: Int) { reader.unread }

    /// An iterator; there may be one at a time.
    public func makeAsyncIterator() -> Iterator { Iterator(stream: self) }

    /// Yields items until the stream ends.
    public struct Iterator: AsyncIteratorProtocol {
        let stream: EventStream

        /// The next item; nil at the end of the stream.
        ///
        /// - Throws: ``ManagerError`` if the stream ended for a reason, or the task was cancelled.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(ManagerError) -> Item? {
            try await stream.next()
        }
    }

    /// The next item; nil at the end of the stream.
    ///
    /// - Throws: ``ManagerError`` if the stream ended for a reason, or the task was cancelled.
    public func next() async throws(ManagerError) -> Item? { try await item(until: nil) }

    /// The next item, or nil if none comes before the deadline or the stream was ended in good order.
    ///
    /// - Throws: ``ManagerError`` if the stream ended for a reason, or the task was cancelled.
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

    /// Looks through events until one gives a result.
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
