/// One reader of a hub. One task at a time may wait for its next item.
public final class HubReader<Element: HubElement, Failure: Error>: AsyncSequence, Sendable {
    /// What a reader gets.
    public enum Item: Sendable {
        /// An element.
        case element(Element)
        /// This reader was too slow: the number of elements missing at this point.
        case lag(dropped: Int)
    }

    private let buffer: HubBuffer<Element, Failure>

    init(buffer: HubBuffer<Element, Failure>) {
        self.buffer = buffer
    }

    /// A reader of what its owner pushes, independent of a hub.
    package static func makeReader(
        limit: HubLimit
    ) -> (reader: HubReader, push: @Sendable (Element) -> Void, finish: @Sendable (Result<Void, Failure>) -> Void) {
        let buffer = HubBuffer<Element, Failure>(limit: limit) { _ in true }
        return (HubReader(buffer: buffer), { buffer.push($0) }, { buffer.finish($0) })
    }

    deinit { buffer.close() }

    /// What the reader was offered so far.
    public var counts: HubCounts { buffer.counts }

    /// Whether the stream has ended and has been read completely.
    public var isFinished: Bool { buffer.isFinished }

    /// The number of elements waiting to be read, and their size in bytes.
    public var unread: (events: Int, bytes: Int) { buffer.unread }

    /// The next item, or nil if none came before the deadline, the stream ended normally, or the task was cancelled.
    ///
    /// - Parameter deadline: When to give up; nil waits forever.
    /// - Throws: The error with which the hub was ended.
    public func next(until deadline: ContinuousClock.Instant?) async throws(Failure) -> Item? {
        switch await buffer.next(until: deadline) {
        case .item(let item): return item
        case .deadline, .cancelled, .finished(.success): return nil
        case .finished(.failure(let error)): throw error
        }
    }

    /// The next item.
    public func next() async throws(Failure) -> Item? { try await next(until: nil) }

    /// An iterator; all iterators share the same items.
    public func makeAsyncIterator() -> Iterator { Iterator(reader: self) }

    /// Yields items until the stream ends.
    public struct Iterator: AsyncIteratorProtocol {
        let reader: HubReader

        /// The next item; nil at the end of the stream and after cancellation.
        ///
        /// - Throws: The error with which the hub was ended.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(Failure) -> Item? {
            try await reader.next()
        }
    }
}
