import Glibc
import NIOCore
import NIOPosix
import Synchronization

@testable import AMIClient

/// A PBX made of bytes: it sends what its script says when it receives what the script expects. Listens on a free
/// loopback port.
final class FakePBX: Sendable {
    /// One step of a connection's script.
    enum Step: Sendable {
        /// Sends bytes immediately. `{id}` and `{channel}` are replaced by the ActionID and ChannelId of the last
        /// action received.
        case say(String)
        /// Sends bytes one by one.
        case drip(String)
        /// Waits until an action with this name was received.
        case hear(String)
        /// Lets time pass.
        case pause(milliseconds: Int64)
        /// Closes the connection.
        case hangUp
        /// Closes the connection as a crashed program does (RST).
        case reset
    }

    /// The greeting and a successful login.
    static let welcome: [Step] = [
        .say("Asterisk Call Manager/11.0.0\r\n"), .hear("Challenge"),
        .say("Response: Success\r\nActionID: {id}\r\nChallenge: 123456\r\n\r\n"), .hear("Login"),
        .say("Response: Success\r\nActionID: {id}\r\nMessage: Authentication accepted\r\n\r\n"),
    ]

    let port: Int
    private let channel: any Channel
    private let heard: Mutex<[String]>
    private let connections: Mutex<Int>

    /// All actions received, in order, on all connections.
    var actions: [String] { heard.withLock { $0 } }
    /// The number of connections made.
    var connectionCount: Int { connections.withLock { $0 } }

    private init(channel: any Channel, log: Log) {
        self.channel = channel
        port = channel.localAddress?.port ?? 0
        heard = Mutex([])
        connections = Mutex(0)
        log.owner.withLock { $0 = self }
    }

    /// Runs a PBX whose n-th connection follows the n-th script; all later ones follow the last.
    static func with<Result>(_ scripts: [Step]..., body: (FakePBX) async throws -> Result) async throws -> Result {
        let log = Log()
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let number = log.connected()
                    let script = scripts[min(number, scripts.count - 1)]
                    try channel.pipeline.syncOperations.addHandler(Script(script, log: log))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let pbx = FakePBX(channel: server, log: log)
        do {
            let result = try await body(pbx)
            try await server.close()
            return result
        } catch {
            try? await server.close()
            throw error
        }
    }

    /// How to reach it, with time for a busy machine.
    var configuration: ManagerConfiguration {
        var configuration = ManagerConfiguration(port: port, username: "crm", secret: "hunter2")
        configuration.connectTimeout = .seconds(20)
        configuration.actionTimeout = .seconds(20)
        return configuration
    }

    /// What the connections report to the PBX.
    final class Log: Sendable {
        let owner = Mutex<FakePBX?>(nil)

        func connected() -> Int {
            owner.withLock { pbx in
                pbx?.connections.withLock { count in
                    defer { count += 1 }
                    return count
                } ?? 0
            }
        }

        func heard(_ action: String) {
            owner.withLock { pbx in pbx?.heard.withLock { $0.append(action) } }
        }
    }

    /// The script of one connection. Everything runs on the connection's event loop.
    private final class Script: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private var steps: ArraySlice<Step>
        private let log: Log
        private var text = ""
        private typealias Heard = (name: String, id: String, channel: String)
        private var unheard: [Heard] = []
        private var last: Heard = ("", "", "")
        private var isBusy = false

        init(_ steps: [Step], log: Log) {
            self.steps = steps[...]
            self.log = log
        }

        func channelActive(context: ChannelHandlerContext) { go(context) }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            text += String(decoding: unwrapInboundIn(data).readableBytesView, as: UTF8.self)
            while let end = text.range("\r\n\r\n") {
                let lines = text[..<end.lowerBound].split(whereSeparator: \.isNewline)
                text = String(text[end.upperBound...])
                let value = { (name: String) in
                    lines.first { $0.hasPrefix(name + ": ") }.map { String($0.dropFirst(name.count + 2)) } ?? ""
                }
                unheard.append((value("Action"), value("ActionID"), value("ChannelId")))
                log.heard(value("Action"))
                // A logoff is answered, whatever the script says.
                if value("Action") == "Logoff" {
                    send(Array("Response: Goodbye\r\n\r\n".utf8), context)
                    return context.close(promise: nil)
                }
            }
            go(context)
        }

        private func go(_ context: ChannelHandlerContext) {
            while !isBusy, let step = steps.first {
                switch step {
                case .say(let text): send(Array(filled(text).utf8), context)
                case .drip(let text): for byte in filled(text).utf8 { send([byte], context) }
                case .hear(let name):
                    guard let index = unheard.firstIndex(where: { $0.name == name }) else { return }
                    last = unheard[index]
                    unheard.removeFirst(index + 1)
                case .pause(let milliseconds):
                    isBusy = true
                    context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(milliseconds)) {
                        self.isBusy = false
                        self.go(context)
                    }
                case .hangUp: context.close(promise: nil)
                case .reset:
                    let atOnce = linger(l_onoff: 1, l_linger: 0)
                    _ = (context.channel as? any SocketOptionProvider)?.setSoLinger(atOnce)
                    context.close(promise: nil)
                }
                steps = steps.dropFirst()
            }
        }

        private func filled(_ text: String) -> String {
            var result = text
            for (mark, value) in [("{id}", last.id), ("{channel}", last.channel)] {
                while let place = result.range(mark) { result.replaceSubrange(place, with: value) }
            }
            return result
        }

        private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
            context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(bytes: bytes)), promise: nil)
        }
    }
}

extension String {
    fileprivate func range(_ other: String) -> Range<Index>? {
        // CRLF is a single Character, so bytes are compared.
        let bytes = Array(utf8)
        let sought = Array(other.utf8)
        guard bytes.count >= sought.count else { return nil }
        for start in 0...(bytes.count - sought.count) where bytes[start..<(start + sought.count)].elementsEqual(sought)
        {
            let low = utf8.index(utf8.startIndex, offsetBy: start)
            return low..<utf8.index(low, offsetBy: sought.count)
        }
        return nil
    }
}
