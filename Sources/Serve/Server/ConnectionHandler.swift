import NIOCore
import NIOHTTP1
import NIOSSL

/// Reads the requests of one connection, one at a time, and has each answered by a separate task.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private enum State {
        /// No part of a request has arrived.
        case idle
        case reading(HTTPRequestHead, ByteBuffer)
        case answering(Task<Void, Never>)
        /// The connection will be closed; further input is ignored.
        case ending
    }

    private let application: Application
    private let limits: ServerLimits
    private let streams: StreamCounters
    private let connections: ConnectionRegistry
    private var state = State.idle
    private var deadline: Scheduled<Void>?
    private var isEnding = false
    /// Parts of the next request that arrived early.
    private var early: [HTTPServerRequestPart] = []
    /// The most of them: a request of the largest size may come in as many pieces.
    private static let mostEarly = 1_000
    private var isStreaming = false

    init(_ application: Application, _ limits: ServerLimits, _ streams: StreamCounters, _ list: ConnectionRegistry) {
        (self.application, self.limits, self.streams, connections) = (application, limits, streams, list)
    }

    func channelActive(context: ChannelHandlerContext) {
        let loop = context.eventLoop
        let handler = NIOLoopBound(self, eventLoop: loop)
        let channel = context.channel
        let isWelcome = connections.add(channel) { loop.execute { handler.value.end(channel) } }
        guard isWelcome else { return context.close(promise: nil) }
        startDeadline(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        connections.remove(context.channel)
        if case .answering(let task) = state { task.cancel() }
        state = .ending
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        // The client has the whole response and already sends its next request, while this handler is not told yet.
        if case .answering = state {
            early.append(part)
            if early.count > Self.mostEarly { context.close(promise: nil) }
        } else {
            take(part, context)
        }
    }

    private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        switch (part, state) {
        case (.head(let head), .idle): state = .reading(head, context.channel.allocator.buffer(capacity: 0))
        case (.body(var part), .reading(let head, var body)):
            guard body.readableBytes + part.readableBytes <= limits.body else {
                return refuse(context, Problem(.contentTooLarge, "usage", "The request is too large."))
            }
            body.writeBuffer(&part)
            state = .reading(head, body)
        case (.end, .reading(let head, let body)): answer(context, head, body)
        default: break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The rest of a refused request.
        if case .ending = state { return }
        switch error {
        case HTTPParserError.headerOverflow:
            refuse(context, Problem(.headerTooLarge, "usage", "The header fields are too large."))
        case is HTTPParserError: refuse(context, Problem(.badRequest, "usage", "That is not a valid HTTP/1.1 request."))
        default: context.close(promise: nil)
        }
    }

    private func startDeadline(_ context: ChannelHandlerContext) {
        deadline?.cancel()
        let channel = context.channel
        deadline = context.eventLoop.scheduleTask(in: limits.idle) { channel.close(promise: nil) }
    }

    /// Whether the connection itself is encrypted.
    private static func isSecure(_ context: ChannelHandlerContext) -> Bool {
        (try? context.pipeline.syncOperations.handler(type: NIOSSLServerHandler.self)) != nil
    }

    private func answer(_ context: ChannelHandlerContext, _ head: HTTPRequestHead, _ body: ByteBuffer) {
        deadline?.cancel()
        let channel = context.channel
        let isSecure = Self.isSecure(context)
        let request = Request(
            Method(rawValue: head.method.rawValue),
            target: head.uri,
            headers: HeaderFields(head.headers.map { ($0.name, $0.value) }),
            body: Array(body.readableBytesView),
            peer: channel.remoteAddress?.ipAddress ?? "unix",
            isSecure: isSecure
        )
        let writer = ResponseWriter(
            channel: channel,
            version: head.version,
            patience: limits.patience,
            streams: streams
        )
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        let application = application
        let keepsAlive = head.isKeepAlive
        let task = Task {
            var response: Response
            if let request {
                response = await application.answer(request)
            } else {
                response = Problem(.badRequest, "usage", "The address cannot be read.").response
                SecurityHeaders.add(to: &response, isSecure: isSecure)
            }
            if case .stream = response.body { channel.eventLoop.execute { handler.value.streams(channel) } }
            let isWhole = await writer.write(response, keepsAlive: keepsAlive)
            channel.eventLoop.execute { handler.value.answered(channel, keepsAlive: keepsAlive && isWhole) }
        }
        state = .answering(task)
    }

    /// A stream has no end of its own, so it is ended when the server shuts down.
    private func streams(_ channel: any Channel) {
        isStreaming = true
        if isEnding { end(channel) }
    }

    private func answered(_ channel: any Channel, keepsAlive: Bool) {
        guard case .answering = state else { return }
        guard keepsAlive, !isEnding else {
            state = .ending
            return channel.close(promise: nil)
        }
        (state, isStreaming) = (.idle, false)
        deadline = channel.eventLoop.scheduleTask(in: limits.idle) { channel.close(promise: nil) }
        guard !early.isEmpty, let context = try? channel.pipeline.syncOperations.context(handler: self) else { return }
        let parts = early
        early = []
        for part in parts { channelRead(context: context, data: NIOAny(part)) }
    }

    /// The server shuts down: a response in progress is finished, everything else is closed.
    private func end(_ channel: any Channel) {
        isEnding = true
        switch state {
        case .answering(let task): if isStreaming { task.cancel() }
        case .idle, .reading, .ending: channel.close(promise: nil)
        }
    }

    private func refuse(_ context: ChannelHandlerContext, _ problem: Problem) {
        if case .answering(let task) = state { task.cancel() }
        let isAnswered = if case .answering = state { true } else { false }
        state = .ending
        guard !isAnswered else { return context.close(promise: nil) }
        var response = problem.response
        SecurityHeaders.add(to: &response, isSecure: Self.isSecure(context))
        let channel = context.channel
        let writer = ResponseWriter(channel: channel, version: .http1_1, patience: limits.patience, streams: streams)
        Task {
            _ = await writer.write(response, keepsAlive: false)
            // Further input from the client is read and discarded, because otherwise the system would withdraw the
            // response.
            channel.eventLoop.scheduleTask(in: .milliseconds(500)) { channel.close(promise: nil) }
        }
    }
}
