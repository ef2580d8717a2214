import NIOCore
import NIOHTTP1

/// Writes a response to a connection.
struct ResponseWriter: Sendable {
    let channel: any Channel
    let version: HTTPVersion
    let patience: TimeAmount
    let streams: StreamCounters

    /// Writes all of it; returns whether it was written correctly.
    func write(_ response: Response, keepsAlive: Bool) async -> Bool {
        var head = HTTPResponseHead(
            version: version,
            status: HTTPResponseStatus(statusCode: response.status.rawValue, reasonPhrase: response.status.reason)
        )
        for field in response.headers.fields { head.headers.add(name: field.name, value: field.value) }
        switch response.body {
        case .bytes(let bytes):
            if !head.headers.contains(name: "Content-Length"), response.status != .notModified,
                response.status != .noContent
            {
                head.headers.add(name: "Content-Length", value: "\(bytes.count)")
            }
            if !keepsAlive { head.headers.add(name: "Connection", value: "close") }
            return await write(head, bytes)
        case .stream(let body):
            head.headers.add(name: "Connection", value: "close")
            return await stream(head, body)
        }
    }

    private func write(_ head: HTTPResponseHead, _ bytes: [UInt8]) async -> Bool {
        do {
            channel.write(HTTPServerResponsePart.head(head), promise: nil)
            if !bytes.isEmpty {
                channel.write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: bytes))), promise: nil)
            }
            try await channel.writeAndFlush(HTTPServerResponsePart.end(nil)).get()
            return true
        } catch {
            return false
        }
    }

    /// A stream is the last response on its connection.
    private func stream(
        _ head: HTTPResponseHead,
        _ body: @Sendable (any StreamSink) async throws -> Void
    ) async -> Bool {
        do {
            try await channel.writeAndFlush(HTTPServerResponsePart.head(head)).get()
            do {
                try await body(ChannelSink(channel: channel, patience: patience, streams: streams))
            } catch is CancellationError {
                // The server is shutting down, or the client has gone; the body is ended properly.
            }
            try await channel.writeAndFlush(HTTPServerResponsePart.end(nil)).get()
        } catch {}
        return false
    }
}

/// Carries a stream to its client. Unread data is not accumulated: the stream waits, and is then ended.
struct ChannelSink: StreamSink {
    let channel: any Channel
    let patience: TimeAmount
    let streams: StreamCounters

    func write(_ text: String) async throws {
        try Task.checkCancellation()
        let timer = channel.eventLoop.scheduleTask(in: patience) { [channel, streams] in
            streams.dropped()
            channel.close(promise: nil)
        }
        defer { timer.cancel() }
        try await channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(string: text)))).get()
    }
}
