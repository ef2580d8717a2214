import AMI
import Base
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// One logged-in AMI session.
final class Connection: Sendable {
    let banner: String
    private let channel: any Channel
    private let handler: NIOLoopBound<SessionHandler>
    private let closed: EventLoopFuture<SessionFailure?>
    private let configuration: ManagerConfiguration
    private let lastToken = Mutex(0)

    private init(
        banner: String,
        channel: any Channel,
        handler: NIOLoopBound<SessionHandler>,
        closed: EventLoopFuture<SessionFailure?>,
        configuration: ManagerConfiguration
    ) {
        self.banner = banner
        self.channel = channel
        self.handler = handler
        self.closed = closed
        self.configuration = configuration
    }

    /// Connects and logs in. `observer` is notified of the login and of all events.
    static func open(
        _ configuration: ManagerConfiguration,
        events: EventMask,
        logger: Logger,
        observer: ConnectionObserver? = nil
    ) async throws(ManagerError) -> Connection {
        let tls = try tlsContext(configuration)
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let ready = loop.makePromise(of: SessionHandler.Opened.self)
        let closed = loop.makePromise(of: SessionFailure?.self)
        let prefix = "cv-" + String(UInt32.random(in: .min ... .max), radix: 36)
        var channel: (any Channel)?
        do {
            let boot = ClientBootstrap(group: loop).connectTimeout(TimeAmount(configuration.connectTimeout))
                .channelOption(.socketOption(.so_keepalive), value: 1)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let handler = SessionHandler(
                            options: configuration.sessionOptions(events: events),
                            prefix: prefix,
                            logger: logger,
                            ready: ready,
                            closed: closed
                        )
                        if let observer { handler.tell(observer) }
                        if let tls { try add(tls, for: configuration.host, to: channel) }
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                }
            let opened = try await boot.connect(host: configuration.host, port: configuration.port).get()
            channel = opened
            let (banner, handler) = try await withTaskCancellationHandler {
                try await ready.futureResult.get()
            } onCancel: {
                opened.close(promise: nil)
            }
            return Connection(
                banner: banner,
                channel: opened,
                handler: handler,
                closed: closed.futureResult,
                configuration: configuration
            )
        } catch {
            if channel == nil {
                // The handler was never part of a connection, or is gone with it; nothing else completes these.
                ready.fail(error)
                closed.succeed(nil)
            }
            channel?.close(promise: nil)
            throw Task.isCancelled
                ? ManagerError(.cancelled, "The connection attempt was cancelled.")
                : ManagerError(connecting: error, to: configuration)
        }
    }

    /// Sends an action and waits for its complete answer, whatever it is.
    func send(
        _ action: Action,
        expecting expectation: ExpectedAnswer,
        timeout: Duration?
    ) async throws(ManagerError) -> Reply {
        do {
            // Encoded here only to refuse an invalid action before anything else happens.
            _ = try action.encoded(actionID: "cv")
        } catch {
            throw ManagerError(error)
        }
        let timeout = timeout ?? configuration.actionTimeout
        let token = lastToken.withLock {
            $0 += 1
            return $0
        }
        let result: SessionHandler.Answer = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                channel.eventLoop.execute { [handler] in
                    handler.value.submit(action, expecting: expectation, timeout: timeout, token: token) {
                        handler.value.forget(token: token)
                        continuation.resume(returning: $0)
                    }
                }
            }
        } onCancel: {
            channel.eventLoop.execute { [handler] in handler.value.cancel(token: token) }
        }
        switch result {
        case .success(let reply): return reply
        case .failure(let failure): throw ManagerError(failure, of: action)
        }
    }

    /// From now on, events are passed to `observer`.
    func tell(_ observer: ConnectionObserver) {
        channel.eventLoop.execute { [handler] in handler.value.tell(observer) }
    }

    /// Actions waiting for an answer.
    func inFlight() async -> [ActionInFlight] {
        await ask { $0.inFlight } ?? []
    }

    func timings() async -> ConnectionTimings {
        await ask { $0.timings } ?? ConnectionTimings()
    }

    func orphans() async -> Int {
        await ask { $0.orphans } ?? 0
    }

    private func ask<Value: Sendable>(_ question: @escaping @Sendable (SessionHandler) -> Value) async -> Value? {
        try? await channel.eventLoop.submit { [handler] in question(handler.value) }.get()
    }

    /// Waits until the session is over.
    func untilClosed() async -> ManagerError {
        let failure = try? await closed.get()
        return ManagerError(failure ?? nil, host: configuration.host, port: configuration.port)
    }

    var isOpen: Bool { channel.isActive }

    /// Logs off and waits until the connection is closed, at most one second.
    func close() async {
        channel.eventLoop.execute { [handler] in handler.value.close() }
        _ = try? await closed.get()
    }
}

// TLS and addresses.
extension Connection {
    private static func tlsContext(_ configuration: ManagerConfiguration) throws(ManagerError) -> NIOSSLContext? {
        guard configuration.tls else { return nil }
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.certificateVerification = .fullVerification
        tls.minimumTLSVersion = .tlsv12
        do {
            if let file = configuration.caFile {
                let bytes = try SmallFile(path: file, limit: 16 << 20).bytes
                tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(bytes))
            }
            return try NIOSSLContext(configuration: tls)
        } catch let error as FileError {
            throw ManagerError(.configuration, "\(error)")
        } catch {
            throw ManagerError(
                .configuration,
                "The file of trusted certificates cannot be read: \(configuration.caFile ?? "")."
            )
        }
    }

    /// Certificates are checked against a host's name, or against its address if the host is given as one.
    private static func add(_ tls: NIOSSLContext, for host: String, to channel: any Channel) throws {
        let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
        let handler = try NIOSSLClientHandler(context: tls, serverHostname: isAddress ? nil : host)
        try channel.pipeline.syncOperations.addHandler(handler)
    }
}

extension ManagerError {
    fileprivate init(connecting error: any Error, to configuration: ManagerConfiguration) {
        let peer = "\(configuration.host):\(configuration.port)"
        switch error {
        case let failure as SessionFailure: self.init(failure, host: configuration.host, port: configuration.port)
        case let failure as ManagerError: self = failure
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            self.init(.tlsFailed, "No trusted TLS connection to \(peer): \(TLSFailure.reason(of: error)).")
        case let failure as NIOConnectionError:
            let isUnknownHost =
                failure.connectionErrors.isEmpty && (failure.dnsAError != nil || failure.dnsAAAAError != nil)
            let reason = failure.connectionErrors.first.map { Self.reason($0.error) }
            self.init(
                .connectFailed,
                isUnknownHost
                    ? "The host \(configuration.host) was not found."
                    : "\(peer) cannot be reached: \(reason ?? "no answer")."
            )
        default: self.init(.connectFailed, "\(peer) cannot be reached: \(Self.reason(error)).")
        }
    }

    private static func reason(_ error: any Error) -> String {
        if let error = error as? IOError {
            switch error.errnoCode {
            case 111: return "connection refused"
            case 110: return "no answer"
            case 113: return "no route to the host"
            case 104, 32: return "the connection was reset"
            default: return "system error \(error.errnoCode)"
            }
        }
        if let error = error as? ChannelError, case .connectTimeout = error { return "no answer in time" }
        return "\(error)"
    }
}
