public import AMI
public import Logging
public import Switchboard
import Synchronization

/// Events over hours: reconnects after a loss, and reports the loss to all readers. Nothing is sent twice; missed
/// events remain missing and are reported as such.
///
/// Each event is decoded once and passed to any number of streams, which do not affect each other.
///
/// Queries about the PBX's state use a separate session, so that a long list does not hold up the events; a user who
/// may log in only once sends them over the events' session.
public final class EventFeed: Sendable {
    private let configuration: ManagerConfiguration
    private let mask: EventMask
    private let filter: EventFilter
    private let logger: Logger
    private let hub = FeedHub()
    private let sessions = Mutex(Sessions())
    private let streams = Mutex<[EventStream]>([])
    private let received = Atomic(0)

    private struct Sessions {
        var events: Connection?
        /// Opened when needed, and again after it failed.
        var questions: Connection?
        /// Whether the user may have only one session.
        var isShared = false
        /// How often an open connection was lost.
        var losses = 0
    }

    private init(configuration: ManagerConfiguration, mask: EventMask, filter: EventFilter, logger: Logger) {
        self.configuration = configuration
        self.mask = mask
        self.filter = filter
        self.logger = logger
    }

    /// What a consumer of a feed's events wants.
    public struct StreamRequest: Sendable {
        /// Which events.
        public var filter: EventFilter
        /// How much may be queued; nil for the configured limit.
        public var limit: HubLimit?

        /// A request for all events, or for those that pass a filter.
        public init(filter: EventFilter = EventFilter(), limit: HubLimit? = nil) {
            (self.filter, self.limit) = (filter, limit)
        }
    }

    /// The stream of the first request: if none was given, every event that passes the feed's filter.
    public var events: EventStream { streams.withLock { $0.first } ?? stream() }

    /// An additional stream of the events from now on, and of what happens to the connection.
    ///
    /// - Returns: The stream. What it does not read in time is dropped, counted, and reported only to it.
    public func stream(_ request: StreamRequest = StreamRequest()) -> EventStream {
        let isEverything = request.filter == EventFilter()
        let reader = hub.reader(limit: request.limit ?? configuration.eventLimit) { element in
            guard !isEverything, case .event(let event) = element else { return true }
            return event.parts.contains { request.filter.passes($0.message) }
        }
        return EventStream(reader: reader) { [weak self] in self?.sessions.withLock(\.losses) ?? 0 }
    }

    /// Connects, maintains the connection and passes the feed to `body`.
    ///
    /// - Parameters:
    ///   - configuration: How to reach the PBX.
    ///   - mask: The requested classes.
    ///   - filter: Which of these events are wanted; if the user has the right to set filters, the PBX applies it
    ///     too.
    ///   - logger: Receives the wire trace at level `trace`.
    ///   - body: The work to do with the feed's ``events``.
    /// - Returns: What `body` returns.
    /// - Throws: ``ManagerError`` if the first connection fails; otherwise any error of `body`. If a later login is
    ///   refused, the stream ends with an error.
    public static func withFeed<Result: Sendable>(
        _ configuration: ManagerConfiguration,
        events mask: EventMask = .on,
        filter: EventFilter = EventFilter(),
        logger: Logger = Logger(label: "manager"),
        _ body: (EventFeed) async throws -> Result
    ) async throws -> Result {
        let request = StreamRequest(filter: filter)
        return try await withStreams([request], configuration, events: mask, filter: filter, logger: logger) {
            feed,
            _ in
            try await body(feed)
        }
    }

    /// Creates streams, connects, maintains the connection, and passes everything to `body`. The streams receive the
    /// first connection and all events after it.
    ///
    /// - Parameters:
    ///   - requests: What each stream wants.
    ///   - configuration: How to reach the PBX.
    ///   - mask: The classes that any stream wants.
    ///   - filter: Which of these events any stream wants; if the user has the right to set filters, the PBX
    ///     withholds the others.
    ///   - logger: Receives the wire trace at level `trace`.
    ///   - body: The work to do with the streams, which are in the order of the requests.
    /// - Returns: What `body` returns.
    /// - Throws: ``ManagerError`` if the first connection fails; otherwise any error of `body`. If a later login is
    ///   refused, the streams end with an error.
    public static func withStreams<Result: Sendable>(
        _ requests: [StreamRequest],
        _ configuration: ManagerConfiguration,
        events mask: EventMask = .on,
        filter: EventFilter = EventFilter(),
        logger: Logger = Logger(label: "manager"),
        _ body: (EventFeed, [EventStream]) async throws -> Result
    ) async throws -> Result {
        let feed = EventFeed(configuration: configuration, mask: mask, filter: filter, logger: logger)
        let streams = requests.map { feed.stream($0) }
        feed.streams.withLock { $0 = streams }
        let first = try await feed.connect()
        feed.sessions.withLock { $0.events = first }
        let keeper = Task { await feed.keep(first) }
        do {
            let result = try await body(feed, streams)
            await feed.stop(keeper)
            return result
        } catch {
            await feed.stop(keeper)
            throw error
        }
    }

    /// The number of events received from the PBX so far, whether a stream wanted them or not.
    public var receivedCount: Int { received.load(ordering: .relaxed) }

    /// Ends the streams, normally or with an error; each first receives what it has not read yet.
    public func finish(_ error: ManagerError? = nil) { hub.finish(error) }

    /// Requests a list over the session for queries.
    ///
    /// - Returns: The items.
    /// - Throws: ``ManagerError``
    public func list(_ action: Action) async throws(ManagerError) -> [Message] {
        let reply = try await questions().send(action, expecting: .list, timeout: nil)
        guard reply.isSuccess else { throw ManagerError(refusing: action, reply) }
        return reply.items
    }

    private func questions() async throws(ManagerError) -> Connection {
        let known = sessions.withLock { $0 }
        if known.isShared, let events = known.events { return events }
        if let open = known.questions, open.isOpen { return open }
        do throws(ManagerError) {
            let connection = try await Connection.open(configuration, events: .off, logger: logger)
            sessions.withLock { $0.questions = connection }
            return connection
        } catch {
            guard error.code == .alreadyLoggedIn, let events = known.events else { throw error }
            sessions.withLock { $0.isShared = true }
            return events
        }
    }

    private func stop(_ keeper: Task<Void, Never>) async {
        keeper.cancel()
        await keeper.value
        hub.finish()
        await sessions.withLock { $0.questions.take() }?.close()
    }

    /// Connects, and lets the PBX filter if it can and the user may.
    private func connect() async throws(ManagerError) -> Connection {
        let actions = filter.serverActions
        guard !actions.isEmpty else { return try await open(events: mask) }
        // Filters are set before the events are switched on.
        let connection = try await open(events: .off)
        if await isServed(connection) {
            for (index, action) in actions.enumerated() {
                let reply = try? await connection.send(action, expecting: .reply, timeout: nil)
                if reply?.isSuccess ?? false { continue }
                if index == 0 { break }
                // Some filters without the others would withhold wanted events.
                await connection.close()
                return try await open(events: mask)
            }
        }
        let on = Action("Events", .reads, ["EventMask": mask.description])
        _ = try await connection.send(on, expecting: .reply, timeout: nil)
        return connection
    }

    private func open(events mask: EventMask) async throws(ManagerError) -> Connection {
        return try await Connection.open(
            configuration,
            events: mask,
            logger: logger,
            observer: ConnectionObserver(
                opened: { [hub] in hub.publish(.connected(banner: $0)) },
                event: { [weak self, hub] message in
                    self?.received.wrappingAdd(1, ordering: .relaxed)
                    hub.publish(.event(ReceivedEvent(message)))
                }
            )
        )
    }

    private func isServed(_ connection: Connection) async -> Bool {
        let reply = try? await connection.send(Action("CoreSettings"), expecting: .reply, timeout: nil)
        let version = (reply?.response["AsteriskVersion"]).flatMap { AsteriskVersion($0) }
        return version.map(EventFilter.isServed) ?? false
    }

    /// Waits for the end of a connection and opens the next one, until cancelled or refused.
    private func keep(_ first: Connection) async {
        var connection = first
        var delay = configuration.reconnectDelay
        while true {
            let opened = ContinuousClock.now
            let lost = connection
            let error = await withTaskCancellationHandler {
                await lost.untilClosed()
            } onCancel: {
                Task { await lost.close() }
            }
            if Task.isCancelled { return hub.finish() }
            sessions.withLock { $0.losses += 1 }
            // After a connection that lasted, the delay starts over; after one that did not, the next attempt must not
            // be hurried.
            if ContinuousClock.now - opened > .seconds(60) { delay = configuration.reconnectDelay }
            var reason = error
            while true {
                hub.publish(.disconnected(reason, retryAfter: delay))
                logger.info("\(reason) Trying again in \(delay).")
                try? await Task.sleep(for: delay)
                delay = min(delay * 2, max(configuration.reconnectDelay, configuration.longestReconnectDelay))
                if Task.isCancelled { return hub.finish() }
                do {
                    connection = try await connect()
                    sessions.withLock { [connection] in $0.events = connection }
                    break
                } catch {
                    if error.code == .authenticationFailed || error.code == .cancelled { return hub.finish(error) }
                    reason = error
                }
            }
        }
    }
}
