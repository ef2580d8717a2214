@testable import Alerts
import Base
import FuzzSupport
import NIOCore
import NIOEmbedded
import NIOHTTP1

/// A web server's answer, cut into pieces of a length given by the first byte. Whatever it is, the attempt must end, and the
/// body must not grow beyond its limit.
@main
struct Program {
    static func main() {
        guard let url = EndpointURL("http://example.com/hook") else { return }
        let request = HTTPRequest(url: url, headers: [], body: [])
        fuzz { start, count in
            guard count > 1 else { return }
            let bytes = UnsafeBufferPointer(start: start, count: count)
            let channel = EmbeddedChannel()
            let promise = channel.eventLoop.makePromise(of: HTTPAnswer.self)
            var hasEnded = false
            promise.futureResult.whenComplete { result in
                hasEnded = true
                guard case .success(let answer) = result else { return }
                precondition(answer.body.count <= HTTPClient.answerLimit)
                let now = Moment(seconds: 1_795_860_000)
                precondition(RetryAfter.duration(answer.retryAfter, now: now) ?? .zero >= .zero)
                _ = answer.text
            }
            do {
                try channel.pipeline.syncOperations.addHTTPClientHandlers()
                try channel.pipeline.syncOperations.addHandler(HTTPAnswerHandler(request, promise: promise))
                try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 80)).wait()
                let piece = Int(bytes[0]) + 1
                var position = 1
                while position < count, !hasEnded {
                    let end = min(position + piece, count)
                    try channel.writeInbound(ByteBuffer(bytes: bytes[position..<end]))
                    position = end
                }
            } catch {}
            _ = try? channel.finish(acceptAlreadyClosed: true)
            precondition(hasEnded)
        }
    }
}
