import Dispatch
import Glibc
import Synchronization
import TestSupport

/// A TCP port before the socket of a PostgreSQL server. It ends each session in its own way after so many messages of the client,
/// between two messages of the server.
final class DatabaseProxy: Sendable {
    /// How a session ends.
    enum End: String, CaseIterable, Sendable {
        /// The administrator ends the session (57P01).
        case terminated
        /// The disk is full (53100).
        case full
        /// The server crashes (57P02).
        case crashed
        /// No word, as by a cable that is pulled.
        case closed
        /// Bytes that are no message.
        case garbage

        fileprivate var bytes: [UInt8] {
            switch self {
            case .terminated: Self.fatal("57P01", "terminating connection due to administrator command")
            case .full: Self.fatal("53100", "could not extend file: No space left on device")
            case .crashed: Self.fatal("57P02", "terminating connection because of crash of another server process")
            case .closed: []
            case .garbage: Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)
            }
        }

        private static func fatal(_ state: String, _ message: String) -> [UInt8] {
            let fields = "SFATAL\0VFATAL\0C\(state)\0M\(message)\0\0"
            return [UInt8(ascii: "E")] + DatabaseProxy.length(4 + fields.utf8.count) + Array(fields.utf8)
        }
    }

    let port: UInt16
    private let listener: Int32
    private let server: String
    private let end: End
    private let messages: Int
    private let ended = Mutex(0)

    /// How many sessions were ended.
    var endedCount: Int { ended.withLock { $0 } }

    /// Stands before the server whose socket is at `server`, and lets `messages` messages of each session pass.
    init(_ server: String, after messages: Int, _ end: End) throws {
        (self.server, self.messages, self.end) = (server, messages, end)
        (listener, port) = try LoopbackPort.listen()
        DispatchQueue(label: "proxy").async {
            while case let socket = accept(self.listener, nil, nil), socket >= 0 {
                _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
                DispatchQueue(label: "session").async { self.serve(OddSession(socket: socket)) }
            }
            close(self.listener)
        }
    }

    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    fileprivate static func length(_ count: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt32(count).bigEndian) { Array($0) }
    }

    private func serve(_ client: OddSession) {
        let upstream = OddSession(socket: connectToServer())
        let passed = Mutex(0)
        let isBoth = DispatchSemaphore(value: 0)
        DispatchQueue(label: "upstream").async {
            // Whole messages of the server, until the client has sent enough.
            while let message = Self.message(of: upstream.socket) {
                if passed.withLock({ $0 }) > self.messages {
                    self.ended.withLock { $0 += 1 }
                    client.send(self.end.bytes)
                    break
                }
                guard client.send(message) else { break }
            }
            client.shutDown(Int(SHUT_RDWR))
            upstream.shutDown(Int(SHUT_RDWR))
            isBoth.signal()
        }
        if let startup = Self.bytes(of: client.socket, 4).flatMap({ head in
            Self.bytes(of: client.socket, Self.count(head) - 4).map { head + $0 }
        }) {
            upstream.send(startup)
            while let message = Self.message(of: client.socket), upstream.send(message) { passed.withLock { $0 += 1 } }
        }
        upstream.shutDown(Int(SHUT_RDWR))
        isBoth.wait()
        close(client.socket)
        close(upstream.socket)
    }

    private func connectToServer() -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: server.utf8) }
        _ = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        return descriptor
    }

    private static func count(_ length: [UInt8]) -> Int { length.reduce(0) { $0 << 8 | Int($1) } }

    /// A message with its type and length.
    private static func message(of socket: Int32) -> [UInt8]? {
        guard let head = bytes(of: socket, 5), let body = bytes(of: socket, count(Array(head[1...])) - 4) else {
            return nil
        }
        return head + body
    }

    private static func bytes(of socket: Int32, _ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: max(0, count))
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes {
                recv(socket, $0.baseAddress?.advanced(by: filled), count - filled, 0)
            }
            guard got > 0 else { return nil }
            filled += got
        }
        return bytes
    }
}

/// A free port of loopback, taken.
enum LoopbackPort {
    /// A socket that listens, and its port.
    static func listen() throws -> (socket: Int32, port: UInt16) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && Glibc.listen(listener, 16) == 0
                    ? getsockname(listener, $0, &length) : -1
            }
        }
        guard status == 0 else { throw TestProcess.Failure(what: "no free port") }
        return (listener, UInt16(bigEndian: address.sin_port))
    }
}
