import AMI
import Logging
import NIOCore
import NIOSSL
import NIOTLS

/// When the steps of a connection were completed, counted from its start.
public struct ConnectionTimings: Sendable, Equatable {
    /// The TCP connection.
    public var tcp: Duration?
    /// The TLS handshake; nil without TLS.
    public var tls: Duration?
    /// The greeting.
    public var banner: Duration?
    /// The login's answer.
    public var login: Duration?
}

/// Is notified about a session, on its event loop.
struct ConnectionObserver: Sendable {
    /// The login succeeded; the text is the greeting.
    var opened: @Sendable (String) -> Void = { _ in }
    /// The PBX reports an event.
    var event: @Sendable (Message) -> Void
}

/// Runs a ``Session`` on a channel: bytes in, bytes out, and time. Everything runs on the channel's event loop.
final class SessionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    typealias Opened = (banner: String, handler: NIOLoopBound<SessionHandler>)
    typealias Answer = Result<Reply, ActionFailure>

    private let options: SessionOptions
    private let logger: Logger
    private let started = ContinuousClock.now
    private var session: Session
    private var context: ChannelHandlerContext?
    private var timer: Scheduled<Void>?
    private var timerAt: ContinuousClock.Instant?
    /// The waits for actions, by ticket. Every ticket here is in the session, and the other way round.
    private var waiters: [Int: (token: Int, answer: (Answer) -> Void)] = [:]
    /// Waits that were cancelled before their action arrived here.
    private var cancelledEarly: Set<Int> = []
    /// Fails with the reason if the login fails; each of the two is completed exactly once.
    private let ready: EventLoopPromise<Opened>
    private let closed: EventLoopPromise<SessionFailure?>
    private var isFinished = false
    private var failure: SessionFailure?
    private var transportError: (any Error)?
    private var observer: ConnectionObserver?

    private(set) var timings = ConnectionTimings()
    /// Replies that answered no action.
    private(set) var orphans = 0

    init(
        options: SessionOptions,
        prefix: String,
        logger: Logger,
        ready: EventLoopPromise<Opened>,
        closed: EventLoopPromise<SessionFailure?>
    ) {
        self.options = options
        self.logger = logger
        self.ready = ready
        self.closed = closed
        self.session = Session(options: options, actionIDPrefix: prefix, at: .now)
    }

    var inFlight: [ActionInFlight] { session.inFlight }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func channelActive(context: ChannelHandlerContext) {
        timings.tcp = ContinuousClock.now - started
        schedule()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent { timings.tls = ContinuousClock.now - started }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        let effects = session.received(buffer.readableBytesView, at: .now)
        if timings.banner == nil, !session.banner.isEmpty { timings.banner = ContinuousClock.now - started }
        perform(effects)
    }

    func channelInactive(context: ChannelHandlerContext) {
        perform(session.connectionClosed())
        finish()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Asterisk ends TLS without a closing message; the session then determines what the end means.
        let isOnlyTheEnd = (error as? NIOSSLError) == .uncleanShutdown
        if failure == nil, transportError == nil, !isOnlyTheEnd { transportError = error }
        context.close(promise: nil)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        finish()
        self.context = nil
    }

    /// From now on, the login and events are passed to `observer`.
    func tell(_ observer: ConnectionObserver) {
        self.observer = observer
    }

    /// Submits an action for the wait `token`.
    func submit(
        _ action: Action,
        expecting expectation: ExpectedAnswer,
        timeout: Duration,
        token: Int,
        _ answer: @escaping (Answer) -> Void
    ) {
        if cancelledEarly.remove(token) != nil {
            return answer(.failure(ActionFailure(reason: .cancelled, wasSent: false)))
        }
        do {
            let (ticket, effects) = try session.submit(action, expecting: expectation, timeout: timeout, at: .now)
            waiters[ticket] = (token, answer)
            perform(effects)
        } catch {
            // The caller encoded the action before; here it can fail only because of its ActionID.
            answer(.failure(ActionFailure(reason: .lost, wasSent: false)))
        }
    }

    /// Abandons the wait `token`: if the action was sent, its outcome is unknown.
    func cancel(token: Int) {
        guard let ticket = waiters.first(where: { $0.value.token == token })?.key else {
            cancelledEarly.insert(token)
            return
        }
        perform(session.cancel(ticket: ticket, at: .now))
    }

    func forget(token: Int) {
        cancelledEarly.remove(token)
    }

    /// Logs off.
    func close() {
        perform(session.close(at: .now))
    }

    private func perform(_ effects: [SessionEffect]) {
        for effect in effects {
            switch effect {
            case .write(let bytes): write(bytes)
            case .ready(let banner):
                timings.login = ContinuousClock.now - started
                guard let context else { break }
                // This is passed on first, so that no event precedes the connection on which it arrived.
                observer?.opened(banner)
                ready.succeed((banner, NIOLoopBound(self, eventLoop: context.eventLoop)))
            case .event(let message):
                trace("<", message)
                observer?.event(message)
            case .finished(let ticket, let result):
                if case .success(let reply) = result { trace("<", reply.response) }
                waiters.removeValue(forKey: ticket)?.answer(result)
            case .orphan(let message):
                orphans += 1
                trace("< (answers nothing)", message)
            case .close(let reason):
                failure = reason
                context?.close(promise: nil)
            }
        }
        schedule()
    }

    private func write(_ bytes: [UInt8]) {
        guard let context else { return }
        if logger.logLevel <= .trace {
            for line in WireTrace.lines(of: bytes) { logger.trace("> \(line)") }
        }
        context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(bytes: bytes)), promise: nil)
    }

    private func trace(_ mark: String, _ message: Message) {
        guard logger.logLevel <= .trace else { return }
        for line in WireTrace.lines(of: message) { logger.trace("\(mark) \(line)") }
    }

    /// Keeps one timer, for the earliest deadline. A timer that fires too early merely checks again.
    private func schedule() {
        guard let context, let deadline = session.nextDeadline else {
            timer?.cancel()
            (timer, timerAt) = (nil, nil)
            return
        }
        if let timerAt, timerAt <= deadline { return }
        timer?.cancel()
        timerAt = deadline
        let delay = max(.zero, deadline - .now)
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(delay)) { [weak self] in
            guard let self else { return }
            (self.timer, self.timerAt) = (nil, nil)
            self.perform(self.session.elapsed(at: .now))
        }
    }

    private func finish() {
        timer?.cancel()
        timer = nil
        guard !isFinished else { return }
        isFinished = true
        if timings.login == nil {
            ready.fail(transportError ?? failure ?? SessionFailure.lost(insideMessage: false, announced: false))
        }
        closed.succeed(failure)
    }
}
