import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A receiver on this machine that records what it gets, and answers as a test wants.
final class TestReceiverServer: Sendable {
    struct Received: Sendable {
        var target = ""
        var headers = HTTPHeaders()
        var body: [UInt8] = []

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    enum Answer: Sendable {
        case status(Int, headers: [(String, String)] = [], body: String = "")
        /// Never answers.
        case hang
        /// Closes the connection without an answer.
        case close
    }

    private let received = Mutex<[Received]>([])
    private let channel: any Channel

    /// - Parameter answer: the answer to the request with this number, from 0.
    init(_ answer: @escaping @Sendable (Int, Received) -> Answer = { _, _ in .status(200) }) async throws {
        let box = Mutex<TestReceiverServer?>(nil)
        let shared = Box(box)
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(
                        Handler { request in
                            guard let server = shared.value.withLock({ $0 }) else { return .close }
                            let number = server.received.withLock { all in
                                all.append(request)
                                return all.count - 1
                            }
                            return answer(number, request)
                        }
                    )
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        shared.value.withLock { $0 = self }
    }

    var requests: [Received] { received.withLock { $0 } }
    var port: Int { channel.localAddress?.port ?? 0 }
    var url: String { "http://127.0.0.1:\(port)" }

    func stop() { channel.close(promise: nil) }

    private final class Box: Sendable {
        let value: Mutex<TestReceiverServer?>
        init(_ value: consuming Mutex<TestReceiverServer?>) { self.value = value }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let answer: (Received) -> Answer
        private var request = Received()

        init(_ answer: @escaping (Received) -> Answer) { self.answer = answer }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head): (request.target, request.headers) = (head.uri, head.headers)
            case .body(let part): request.body += part.readableBytesView
            case .end: respond(context)
            }
        }

        private func respond(_ context: ChannelHandlerContext) {
            switch answer(request) {
            case .hang: return
            case .close: context.close(promise: nil)
            case .status(let status, let headers, let body):
                var fields = HTTPHeaders(headers)
                fields.add(name: "Content-Length", value: String(body.utf8.count))
                let head = HTTPResponseHead(
                    version: .http1_1,
                    status: HTTPResponseStatus(statusCode: status),
                    headers: fields
                )
                context.write(wrapOutboundOut(.head(head)), promise: nil)
                context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: body)))), promise: nil)
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
                context.close(promise: nil)
            }
        }
    }
}
