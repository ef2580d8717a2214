import NIOCore
import NIOHTTP1

/// Sends the request when the connection is ready, and collects the answer.
final class HTTPAnswerHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let request: HTTPRequest
    private var promise: EventLoopPromise<HTTPAnswer>?
    private var answer: HTTPAnswer?

    init(_ request: HTTPRequest, promise: EventLoopPromise<HTTPAnswer>) {
        (self.request, self.promise) = (request, promise)
    }

    func channelActive(context: ChannelHandlerContext) {
        var head = HTTPRequestHead(
            version: .http1_1,
            method: HTTPMethod(rawValue: request.method),
            uri: request.url.target
        )
        head.headers.add(name: "Host", value: request.url.hostField)
        head.headers.add(name: "User-Agent", value: "crm-voip")
        head.headers.add(name: "Connection", value: "close")
        head.headers.add(name: "Content-Length", value: String(request.body.count))
        if let credentials = request.url.credentials {
            head.headers.add(name: "Authorization", value: "Basic " + Base64.encoded(Array(credentials.utf8)))
        }
        for header in request.headers { head.headers.replaceOrAdd(name: header.name, value: header.value) }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: request.body)))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            answer = HTTPAnswer(status: Int(head.status.code), retryAfter: head.headers.first(name: "Retry-After"))
        case .body(let part):
            let room = HTTPClient.answerLimit - (answer?.body.count ?? 0)
            answer?.body += part.readableBytesView.prefix(max(0, room))
            // The rest would never be read.
            if part.readableBytes >= room { finish(context) }
        case .end: finish(context)
        }
    }

    private func finish(_ context: ChannelHandlerContext) {
        guard let answer, let promise else { return }
        self.promise = nil
        promise.succeed(answer)
        context.close(promise: nil)
    }

    /// Ends the attempt. Once the status is known, it decides, however the connection ended: some servers close it
    /// without TLS's farewell, or before the body is complete.
    private func fail(_ error: any Error) {
        if let answer { promise?.succeed(answer) } else { promise?.fail(error) }
        promise = nil
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent {
            fail(TransportFailure("\(request.url.place) did not answer in time"))
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(TransportFailure("\(request.url.place) closed the connection without an answer"))
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { fail(ChannelError.alreadyClosed) }
}
