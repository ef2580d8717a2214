public import Base
import Synchronization

/// An element that a hub can pass on. Its memory use determines how many a reader may leave unread.
public protocol HubElement: Sendable {
    /// Its approximate size in bytes.
    var byteCount: Int { get }
    /// Whether it must reach every reader, however slow: true for changes of the connection, which are rare. If a full
    /// reader could not take several of them, it gets the latest.
    var isEssential: Bool { get }
}

/// How much a reader may leave unread before it loses new elements.
public struct HubLimit: Sendable, Equatable {
    /// The number of elements.
    public var events: Int
    /// The total size of these elements in bytes.
    public var bytes: Int

    /// A limit; each value is at least 1.
    public init(events: Int = Defaults.eventBuffer, bytes: Int = 64 << 20) {
        (self.events, self.bytes) = (max(1, events), max(1, bytes))
    }
}

/// What a reader was offered.
public struct HubCounts: Sendable, Equatable {
    /// Elements that were meant for the reader, including those that it lost.
    public var received = 0
    /// Elements that the reader lost because it was too slow.
    public var dropped = 0

    /// Counts at zero.
    public init() {}
}

/// One stream in, any number of readers out.
///
/// Publishing never waits. Each reader has its own limit: a slow reader loses only its own elements, which are counted
/// and reported to it in their place. A reader gets what is published after it was created. Memory is bounded by the
/// sum of the readers' limits, whatever they do.
public final class EventHub<Element: HubElement, Failure: Error>: Sendable {
    private struct State {
        var buffers: [HubBuffer<Element, Failure>] = []
        var end: Result<Void, Failure>?
    }

    private let state = Mutex(State())

    /// A hub without readers.
    public init() {}

    /// The number of readers.
    public var readerCount: Int { state.withLock { $0.buffers.count { !$0.isClosed } } }

    /// Creates a reader of everything from now on. It no longer counts as a reader once it is released.
    ///
    /// - Parameters:
    ///   - limit: How much it may leave unread.
    ///   - isWanted: Which elements it wants; called during publishing, so it must be quick.
    public func reader(
        limit: HubLimit = HubLimit(),
        where isWanted: @escaping @Sendable (Element) -> Bool = { _ in true }
    ) -> HubReader<Element, Failure> {
        let buffer = HubBuffer<Element, Failure>(limit: limit, isWanted: isWanted)
        let end = state.withLock { state in
            if state.end == nil { state.buffers.append(buffer) }
            return state.end
        }
        if let end { buffer.finish(end) }
        return HubReader(buffer: buffer)
    }

    /// Passes an element to every reader that wants it and has room for it.
    public func publish(_ element: Element) {
        let buffers = state.withLock { state in
            if state.buffers.contains(where: \.isClosed) { state.buffers.removeAll(where: \.isClosed) }
            return state.buffers
        }
        for buffer in buffers { buffer.push(element) }
    }

    /// Ends the stream, normally or with an error; readers first get what they have not read yet. Later calls have no
    /// effect.
    public func finish(_ error: Failure? = nil) {
        let end: Result<Void, Failure> = error.map { .failure($0) } ?? .success(())
        let buffers = state.withLock { state in
            defer { state.buffers = [] }
            if state.end == nil { state.end = end }
            return state.buffers
        }
        for buffer in buffers { buffer.finish(end) }
    }
}
