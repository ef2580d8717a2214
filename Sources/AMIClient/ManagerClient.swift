public import AMI
public import Logging
import Switchboard

/// A PBX to give orders to: one session for actions, and another for events as soon as somebody wants them.
///
/// The PBX serves a session one action at a time and sends no events meanwhile, so orders and events do not share one.
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

    /// Connects, logs in, lends the client to `body`, and logs off however it ends.
    ///
    /// - Parameters:
    ///   - configuration: How to reach the PBX.
    ///   - logger: At level `trace`, the whole wire is logged, secrets masked.
    ///   - body: What to do with the PBX.
    /// - Returns: What `body` returns.
    /// - Throws: ``ManagerError`` if there is no login, else what `body` throws.
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

    /// Sends an action and returns the PBX's answer if it is a success.
    ///
    /// - Parameters:
    ///   - action: What to do.
    ///   - timeout: For the whole answer; nil is the configuration's.
    /// - Returns: The answer.
    /// - Throws: ``ManagerError``: `permissionDenied`, `unknownCommand` or `refused` if the PBX said no; `outcomeUnknown` if an
    ///   action that changes something was sent and no answer came. It is never sent again.
    @discardableResult
    public func send(_ action: Action, timeout: Duration? = nil) async throws(ManagerError) -> Reply {
        let reply = try await actions.send(action, expecting: .reply, timeout: timeout)
        guard reply.isSuccess else { throw ManagerError(refusing: action, reply) }
        return reply
    }

    /// Sends an action and hands its answer to a callback, for code that cannot wait.
    ///
    /// - Parameters:
    ///   - action: What to do.
    ///   - timeout: For the whole answer; nil is the configuration's.
    ///   - done: Takes the answer, once, from any thread; the errors are those of ``send(_:timeout:)``.
    /// - Returns: The wait. Cancelling it gives the answer up; the action may have been done all the same.
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

    /// Sends an action that answers with a list.
    ///
    /// - Parameters:
    ///   - action: What to ask.
    ///   - emptyWords: The PBX answers some empty lists with an error; these beginnings of its text mean an empty list.
    ///   - timeout: For the whole list; nil is the configuration's.
    /// - Returns: The items, in the PBX's order.
    /// - Throws: ``ManagerError``; a list that did not end in time comes as its `partial`.
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
            throw ManagerError(.refused, "The PBX broke off the list of \(action.name).", partial: reply.items)
        }
        return reply.items
    }

    /// Sends an action that answers with a list in a session of its own, for when the first one is broken or stuck.
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

    /// Lends the events from now on to `body`, from a session of their own.
    ///
    /// - Parameters:
    ///   - mask: The classes that are wanted. Without rights to a class its events are missing, without a word from the PBX.
    ///   - body: What to do with them.
    /// - Returns: What `body` returns.
    /// - Throws: ``ManagerError`` if there is no such session, else what `body` throws.
    public func withEvents<Result>(
        _ mask: EventMask,
        _ body: (EventStream) async throws(ManagerError) -> Result
    ) async throws(ManagerError) -> Result {
        let (reader, push, finish) = FeedReader.makeReader(limit: configuration.eventLimit)
        let observer = ConnectionObserver { push(.event(ReceivedEvent($0))) }
        let own = try await eventConnection(mask, observer)
        let connection = own ?? actions
        Task { finish(.failure(await connection.untilClosed())) }
        do {
            let result = try await body(EventStream(reader: reader) { 0 })
            await endEvents(own)
            return result
        } catch {
            await endEvents(own)
            throw error
        }
    }

    /// Ends the session for events, or where there is none of its own, the events of the first session.
    private func endEvents(_ own: Connection?) async {
        if let own { return await own.close() }
        actions.tell(ConnectionObserver { _ in })
        _ = try? await send(Action("Events", .reads, ["EventMask": EventMask.off.description]))
    }

    /// A session for events; nil if the user may log in only once (`allowmultiplelogin = no`) and the events therefore come on
    /// the first session.
    private func eventConnection(
        _ mask: EventMask,
        _ observer: ConnectionObserver
    ) async throws(ManagerError) -> Connection? {
        do {
            return try await Connection.open(configuration, events: mask, logger: logger, observer: observer)
        } catch {
            // The same login just worked, so that it is not the secret that was refused.
            guard error.code == .alreadyLoggedIn || error.code == .authenticationFailed else { throw error }
            actions.tell(observer)
            try await send(Action("Events", .reads, ["EventMask": mask.description]))
            return nil
        }
    }

    /// Actions that wait for an answer, oldest first.
    public var inFlight: [ActionInFlight] { get async { await actions.inFlight() } }

    /// When the steps of connecting were done.
    public var timings: ConnectionTimings { get async { await actions.timings() } }

    /// Replies that came and answered nothing: too late, or not ours.
    public var orphans: Int { get async { await actions.orphans() } }

    private func close() async {
        await actions.close()
    }
}
