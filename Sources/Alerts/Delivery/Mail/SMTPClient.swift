import Base
import NIOCore
import NIOPosix

/// Sends a mail through a mail server.
public struct SMTPClient: Sendable {
    private let options: SMTPOptions
    private let tls: ClientTLS
    private let timeout: Duration

    /// - Parameter timeout: for connecting, and again for every answer of the server.
    public init(_ options: SMTPOptions, tls: ClientTLS, timeout: Duration = .seconds(10)) {
        (self.options, self.tls, self.timeout) = (options, tls, timeout)
    }

    /// Sends a mail to its recipients, in one attempt.
    public func send(_ mail: MailMessage) async -> DeliveryOutcome {
        let session = SMTPSession(
            options,
            from: mail.from.address,
            to: mail.to.map(\.address),
            content: mail.composed
        )
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let promise = loop.makePromise(of: DeliveryOutcome.self)
        let limit = TimeAmount.nanoseconds(max(1, timeout.wholeMicroseconds) * 1000)
        let (options, tls) = (options, tls)
        do {
            let channel: any Channel
            do {
                channel = try await ClientBootstrap(group: loop).connectTimeout(limit)
                    .channelInitializer { channel in
                        channel.eventLoop.makeCompletedFuture {
                            let pipeline = channel.pipeline.syncOperations
                            if options.security == .implicit {
                                try pipeline.addHandler(try tls.handler(for: options.host))
                            }
                            try pipeline.addHandler(IdleStateHandler(allTimeout: limit))
                            try pipeline.addHandler(SMTPHandler(session, options, tls, promise: promise))
                        }
                    }
                    .connect(host: options.host, port: options.port).get()
            } catch {
                promise.fail(error)
                throw error
            }
            return try await withTaskCancellationHandler {
                try await promise.futureResult.get()
            } onCancel: {
                channel.close(promise: nil)
            }
        } catch {
            return .retry(reason: TransportFailure(error, at: options.place).reason)
        }
    }
}

/// Connects a session with a channel.
private final class SMTPHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var session: SMTPSession
    private let options: SMTPOptions
    private let tls: ClientTLS
    private let promise: EventLoopPromise<DeliveryOutcome>

    init(_ session: SMTPSession, _ options: SMTPOptions, _ tls: ClientTLS, promise: EventLoopPromise<DeliveryOutcome>) {
        (self.session, self.options, self.tls, self.promise) = (session, options, tls, promise)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        obey(session.received(unwrapInboundIn(data).readableBytesView), context)
    }

    private func obey(_ orders: [SMTPSession.Order], _ context: ChannelHandlerContext) {
        for order in orders {
            switch order {
            case .send(let bytes):
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
            case .startTLS:
                do {
                    let handler = try tls.handler(for: options.host)
                    try context.pipeline.syncOperations.addHandler(handler, position: .first)
                    obey(session.secured(), context)
                } catch {
                    promise.fail(error)
                    context.close(promise: nil)
                }
            case .finish(let outcome):
                promise.succeed(outcome)
                // After what has been written.
                context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(100)) {
                    context.close(promise: nil)
                }
            }
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent {
            promise.succeed(.retry(reason: "\(options.place) did not answer in time"))
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        promise.fail(error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        obey(session.closed(), context)
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { promise.fail(ChannelError.alreadyClosed) }
}
