import Base
import NIOCore
import NIOHTTP1
import NIOPosix

/// Sends one request on one connection: no redirects, no cookies, no proxies, and a bounded answer.
struct HTTPClient: Sendable {
    /// The most bytes of an answer's body that are kept. A longer one is cut, not refused: the status decides.
    static let answerLimit = 64 << 10

    let tls: ClientTLS
    /// For connecting, and again for every part of the answer.
    var timeout: Duration = .seconds(10)

    func send(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPAnswer {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let promise = loop.makePromise(of: HTTPAnswer.self)
        let limit = TimeAmount.nanoseconds(max(1, timeout.wholeMicroseconds) * 1000)
        let url = request.url
        let tls = tls
        do {
            let channel: any Channel
            do {
                channel = try await ClientBootstrap(group: loop).connectTimeout(limit)
                    .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                    .channelInitializer { channel in
                        channel.eventLoop.makeCompletedFuture {
                            let pipeline = channel.pipeline.syncOperations
                            if url.isSecure { try pipeline.addHandler(try tls.handler(for: url.host)) }
                            try pipeline.addHTTPClientHandlers()
                            try pipeline.addHandler(IdleStateHandler(allTimeout: limit))
                            try pipeline.addHandler(HTTPAnswerHandler(request, promise: promise))
                        }
                    }
                    .connect(host: url.host, port: url.port).get()
            } catch {
                // Without a connection, the handler never completes it.
                promise.fail(error)
                throw error
            }
            defer { channel.close(promise: nil) }
            return try await withTaskCancellationHandler {
                try await promise.futureResult.get()
            } onCancel: {
                channel.close(promise: nil)
            }
        } catch {
            throw Task.isCancelled ? TransportFailure("no answer in time") : TransportFailure(error, at: url.place)
        }
    }
}
