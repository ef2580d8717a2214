public import Base
import Synchronization

/// Something that a hub can hand on: how much memory it takes decides how many a reader may leave unread.
public protocol HubElement: Sendable {
    /// About the bytes that it takes.
    var byteCount: Int { get }
    /// Whether it must reach every reader, however slow: changes of the connection, which are few. Of several that a full reader
    /// could not take, it gets the latest.
    var isEssential: Bool { get }
}

/// How much a reader may leave unread before it loses what comes next.
public struct HubLimit: Sendable, Equatable {
    /// Elements.
    public var events: Int
    /// Bytes of all these elements.
    public var bytes: Int

    /// A limit; each at least 1.
    public init(events: Int = Defaults.eventBuffer, bytes: Int = 64 << 20) {
        (self.events, self.bytes) = (max(1, events), max(1, bytes))
    }
}

/// What went by a reader.
public struct HubCounts: Sendable, Equatable {
    /// Elements that were meant for the reader, those that it lost included.
    public var received = 0
    /// Elements among them that the reader lost because it was too slow.
    public var dropped = 0

    /// Nothing yet.
    public init() {}
}

/// One stream in, any number of readers out.
///
/// Publishing never waits. Each reader has a limit of its own: a slow one loses its own elements, which are counted and told to it
/// in their place, and nobody else's. A reader gets what is published after it was made. Memory is bounded by the sum of the
/// readers' limits, whatever they do.
public final class EventHub<Element: HubElement, Failure: Error>: Sendable {
    private struct State {
        var buffers: [HubBuffer<Element, Failure>] = []
        var end: Result<Void, Failure>?
    }

    private let state = Mutex(State())

    /// A hub without readers.
    public init() {}

    /// How many readers there are.
    public var readerCount: Int { state.withLock { $0.buffers.count { !$0.isClosed } } }

    /// Makes a reader of everything from now on. It stops counting as one when it is let go of.
    ///
    /// - Parameters:
    ///   - limit: How much it may leave unread.
    ///   - isWanted: What it wants; called while publishing, so it has to be quick.
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

    /// Hands an element to every reader that wants it and has room.
    public func publish(_ element: Element) {
        let buffers = state.withLock { state in
            if state.buffers.contains(where: \.isClosed) { state.buffers.removeAll(where: \.isClosed) }
            return state.buffers
        }
        for buffer in buffers { buffer.push(element) }
    }

    /// Ends the stream, in good order or with an error; readers get what they have not read yet first. Later calls do nothing.
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
