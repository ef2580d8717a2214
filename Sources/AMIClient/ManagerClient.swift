public import AMI
public import Logging
import Switchboard

/// A client of a PBX: one session for actions, and a second one for events as soon as they are needed.
///
/// The PBX handles a session's actions one at a time and sends no events in the meantime, so actions and events use
/// separate sessions.
public final class ManagerClient: Sendable {
    /// The PBX's greeting.
    public let banner: String
    /// How the PBX is reached.
    public let configuration: ManagerConfiguration
    let logger: Logger
    private let actions: Connection

    private init(actions: Connection, configuration: ManagerConfiguration, logger: Logger) {
        self.actions = actions
        self.banner = actions.banner
        self.configuration = configuration
        self.logger = logger
    }

    /// Connects, logs in, passes the client to `body`, and logs off however that ends.
    ///
    /// - Parameters:
    ///   - configuration: How to reach the PBX.
    ///   - logger: At level `trace`, all traffic is logged with secrets masked.
    ///   - body: The work to do with the PBX.
    /// - Returns: What `body` returns.
    /// - Throws: ``ManagerError`` if the login fails; otherwise any error of `body`.
    public static func withConnection<Result>(
        _ configuration: ManagerConfiguration,
        logger: Logger = Logger(label: "manager"),
        _ body: (ManagerClient) async throws -> Result
    ) async throws -> Result {
        let connection = try await Connection.open(configuration, events: .off, logger: logger)
        let client = ManagerClient(actions: connection, configuration: configuration, logger: logger)
        do {
            let result = try await body(client)
            await client.close()
            return result
        } catch {
            await client.close()
            throw error
        }
    }

    /// Sends an action and returns the PBX's answer if it was successful.
    ///
    /// - Parameters:
    ///   - action: The action.
    ///   - timeout: For the whole answer; nil for the configured time.
    /// - Returns: The answer.
    /// - Throws: ``ManagerError``: `permissionDenied`, `unknownCommand` or `refused` if the PBX refused;
    ///   `outcomeUnknown` if an action that changes something was sent and no answer arrived. It is never sent again.
    @discardableResult
    public func send(_ action: Action, timeout: Duration? = nil) async throws(ManagerError) -> Reply {
        let reply = try await actions.send(action, expecting: .reply, timeout: timeout)
        guard reply.isSuccess else { throw ManagerError(refusing: action, reply) }
        return reply
    }

    /// Sends an action and passes its answer to a callback, for code that cannot wait.
    ///
    /// - Parameters:
    ///   - action: The action.
    ///   - timeout: For the whole answer; nil for the configured time.
    ///   - done: Receives the answer, once, on any thread; the errors are those of ``send(_:timeout:)``.
    /// - Returns: The waiting task. Cancelling it abandons the answer; the action may have been carried out
    ///   nevertheless.
    @discardableResult
    public func send(
        _ action: Action,
        timeout: Duration? = nil,
        _ done: @escaping @Sendable (Result<Reply, ManagerError>) -> Void
    ) -> Task<Void, Never> {
        Task {
            do throws(ManagerError) {
                done(.success(try await send(action, timeout: timeout)))
            } catch {
                done(.failure(error))
            }
        }
    }

    /// Sends an action whose answer is a list.
    ///
    /// - Parameters:
    ///   - action: The query.
    ///   - emptyWords: The PBX answers some empty lists with an error; messages with these prefixes mean an empty
    ///     list.
    ///   - timeout: For the whole list; nil for the configured time.
    /// - Returns: The items, in the PBX's order.
    /// - Throws: ``ManagerError``; the items of a list that did not end in time are in its `partial`.
    public func list(
        _ action: Action,
        emptyWords: [String] = ["No "],
        timeout: Duration? = nil
    ) async throws(ManagerError) -> [Message] {
        let reply = try await actions.send(action, expecting: .list, timeout: timeout)
        guard reply.isSuccess else {
            if emptyWords.contains(where: { reply.message.hasPrefix($0) }), !reply.message.hasPrefix("No such") {
                return []
            }
            throw ManagerError(refusing: action, reply)
        }
        if reply.isCancelled {
            throw ManagerError(.refused, "The PBX cancelled the list of \(action.name).", partial: reply.items)
        }
        return reply.items
    }

    /// Sends an action whose answer is a list over a separate session, in case the first one is broken or stuck.
    ///
    /// - Throws: ``ManagerError``
    func listAnew(_ action: Action) async throws(ManagerError) -> [Message] {
        let connection = try await Connection.open(configuration, events: .off, logger: logger)
        let client = ManagerClient(actions: connection, configuration: configuration, logger: logger)
        do {
            let items = try await client.list(action)
            await client.close()
            return items
        } catch {
            await client.close()
            throw error
        }
    }

    /// Passes the events from now on to `body`, from a separate session.
    ///
    /// - Parameters:
    ///   - mask: The requested classes. If the user lacks the rights to a class, its events are missing without notice.
    ///   - body: The work to do with them.
    /// - Returns: What `body` returns.
    /// - Throws: ``ManagerError`` if the session cannot be opened; otherwise any error of `body`.
    public func withEvents<Result>(
        _ mask: EventMask = .on,
        _ body: (EventStream) async throws -> Result
    ) async throws -> Result {
        try await lendEvents(mask, { $0 }, body)
    }

    /// ``withEvents(_:_:)`` for orders, which throw nothing but ``ManagerError``.
    func listen<Result>(
        for mask: EventMask,
        _ body: (EventStream) async throws(ManagerError) -> Result
    ) async throws(ManagerError) -> Result {
        try await lendEvents(mask, { $0 }, body)
    }

    /// Passes events to a body that throws errors of one type, into which `wrapped` turns those of the session.
    private func lendEvents<Result, Failure: Error>(
        _ mask: EventMask,
        _ wrapped: (ManagerError) -> Failure,
        _ body: (EventStream) async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        let (reader, push, finish) = FeedReader.makeReader(limit: configuration.eventLimit)
        let observer = ConnectionObserver { push(.event(ReceivedEvent($0))) }
        let own: Connection?
        do throws(ManagerError) {
            own = try await eventConnection(mask, observer)
        } catch {
            throw wrapped(error)
        }
        let connection = own ?? actions
        Task { finish(.failure(await connection.untilClosed())) }
        do throws(Failure) {
            let result = try await body(EventStream(reader: reader) { 0 })
            await endEvents(own)
            return result
        } catch {
            await endEvents(own)
            throw error
        }
    }

    /// Ends the session for events or, if there is no separate one, the events of the first session.
    private func endEvents(_ own: Connection?) async {
        if let own { return await own.close() }
        actions.tell(ConnectionObserver { _ in })
        _ = try? await send(Action("Events", .reads, ["EventMask": EventMask.off.description]))
    }

    /// A session for events; nil if the user may log in only once (`allowmultiplelogin = no`), so that the events
    /// arrive on the first session.
    private func eventConnection(
        _ mask: EventMask,
        _ observer: ConnectionObserver
    ) async throws(ManagerError) -> Connection? {
        do {
            return try await Connection.open(configuration, events: mask, logger: logger, observer: observer)
        } catch {
            // The same login has just worked, so the secret was not the reason.
            guard error.code == .alreadyLoggedIn || error.code == .authenticationFailed else { throw error }
            actions.tell(observer)
            try await send(Action("Events", .reads, ["EventMask": mask.description]))
            return nil
        }
    }

    /// Actions waiting for an answer, oldest first.
    public var inFlight: [ActionInFlight] { get async { await actions.inFlight() } }

    /// When the steps of connecting were completed.
    public var timings: ConnectionTimings { get async { await actions.timings() } }

    /// The number of replies that answered no action: too late, or not ours.
    public var orphans: Int { get async { await actions.orphans() } }

    private func close() async {
        await actions.close()
    }
}
