public import AMI

/// Events as they come, and what happened to their connection, for one consumer.
public struct EventStream: AsyncSequence, Sendable {
    /// One thing to know.
    public enum Item: Sendable {
        /// An event as the PBX sent it. ``AMI/Message/normalised()`` gives it in today's dialect.
        case event(Message)
        /// The consumer was too slow: so many events are missing here.
        case gap(dropped: Int)
        /// A connection is there, the first or a new one. State that was built from events has to be read anew.
        case connected(banner: String)
        /// The connection is gone; the next attempt follows after `retryAfter`. Events of the meantime are missing.
        case disconnected(ManagerError, retryAfter: Duration)
    }

    /// What went through.
    public struct Counts: Sendable, Equatable {
        /// Events that came from the PBX.
        public var received = 0
        /// Events among them that the consumer never got.
        public var dropped = 0
        /// How often the connection was lost; each time, events were missed that nobody can count.
        public var reconnects = 0
    }

    let buffer: EventBuffer

    /// What went through so far.
    public var counts: Counts { buffer.counts }

    /// An iterator; there may be one at a time.
    public func makeAsyncIterator() -> Iterator { Iterator(buffer: buffer) }

    /// Yields items until the stream ends.
    public struct Iterator: AsyncIteratorProtocol {
        let buffer: EventBuffer

        /// The next item; nil at the end of the stream.
        ///
        /// - Throws: ``ManagerError`` if the stream ended for a reason, or the task was cancelled.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(ManagerError) -> Item? {
            try await EventStream(buffer: buffer).next()
        }
    }

    /// The next item; nil at the end of the stream.
    ///
    /// - Throws: ``ManagerError`` if the stream ended for a reason, or the task was cancelled.
    public func next() async throws(ManagerError) -> Item? {
        switch await buffer.next() {
        case .item(let item): return item
        case .finished(nil), .deadline: return nil
        case .finished(let error?): throw error
        }
    }

    /// The next item, or nil if none comes before the deadline or the stream was ended in good order.
    ///
    /// - Throws: ``ManagerError`` if the stream ended.
    public func next(until deadline: ContinuousClock.Instant) async throws(ManagerError) -> Item? {
        switch await buffer.next(until: deadline) {
        case .item(let item): return item
        case .deadline, .finished(nil): return nil
        case .finished(let error?): throw error
        }
    }

    /// Looks through normalised events until one gives a result.
    ///
    /// - Returns: The result, or nil if none came before the deadline.
    /// - Throws: ``ManagerError`` with code `outcomeUnknown` if events were lost while waiting.
    func first<Result>(
        until deadline: ContinuousClock.Instant,
        _ find: (Message) -> Result?
    ) async throws(ManagerError) -> Result? {
        while let item = try await next(until: deadline) {
            switch item {
            case .event(let raw):
                for event in raw.normalised() {
                    if let result = find(event) { return result }
                }
            case .gap, .disconnected:
                throw ManagerError(.outcomeUnknown, "Events were lost while waiting for the confirmation.")
            case .connected: continue
            }
        }
        return nil
    }
}
