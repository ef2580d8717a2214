import Base
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// HTTP/1.1 over TCP, TLS or a Unix socket.
struct HTTPServer: Sendable {
    let address: ListenAddress
    var limits = ServerLimits()
    let streams: StreamCounters
    /// The current certificate; nil without TLS. Later connections use the one that is current then.
    var tls: TLSIdentity?

    /// Serves until the task is cancelled, and then ends open connections.
    ///
    /// - Parameter ready: Receives the listening address, with its actual port.
    /// - Throws: ``ServeError`` if it cannot listen on the address.
    func run(_ application: Application, ready: @Sendable (ListenAddress) -> Void) async throws {
        let list = ConnectionRegistry(most: limits.connections)
        let channel = try await listen(application, list)
        if case .tcp(let host, _) = address, let port = channel.localAddress?.port {
            ready(.tcp(host: host, port: port))
        } else {
            ready(address)
        }
        // A sleep ends only by cancellation, which is the signal to shut down.
        while !Task.isCancelled { try? await Task.sleep(for: .seconds(86_400)) }
        // The shutdown must not be cut short by the same cancellation.
        await Task { [limits] in
            try? await channel.close().get()
            await list.end(within: limits.farewell)
        }.value
    }

    private func listen(_ application: Application, _ list: ConnectionRegistry) async throws -> any Channel {
        let (limits, address) = (limits, address)
        let (streams, tls) = (streams, tls)
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                // What the client's system has not taken is kept small, so that a client that does not read is noticed soon.
                if case .tcp = address {
                    let option = NIOBSDSocket.Option(rawValue: TCP_NOTSENT_LOWAT)
                    try? channel.syncOptions?.setOption(.tcpOption(option), value: limits.unsent)
                }
                return channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let context = tls?.context { try pipeline.addHandler(NIOSSLServerHandler(context: context)) }
                    var decoder = NIOHTTPDecoderLimitConfiguration()
                    decoder.maxHeaderFieldSize = limits.header
                    decoder.maxHeaderListSize = limits.headers
                    decoder.maxHeaderFieldCount = 100
                    try pipeline.configureHTTPServerPipeline(
                        withErrorHandling: false,
                        withEncoderConfiguration: HTTPResponseEncoder.Configuration(),
                        withDecoderLimitConfiguration: decoder
                    )
                    try pipeline.addHandler(ConnectionHandler(application, limits, streams, list))
                }
            }
        do {
            switch address {
            case .tcp(let host, let port): return try await bootstrap.bind(host: host, port: port).get()
            case .unix(let path):
                return try await bootstrap.bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true).get()
            }
        } catch {
            let reason = (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
            throw ServeError(.unavailable, "The server cannot listen on \(address): \(reason).", underlying: error)
        }
    }
}

/// The server's certificate, which is read again after a renewal.
final class TLSIdentity: Sendable {
    private let current: Mutex<NIOSSLContext>
    private let certificate: String
    private let key: String

    /// - Throws: ``ServeError`` if the files are not a certificate and its key.
    init(certificate: String, key: String) throws(ServeError) {
        (self.certificate, self.key) = (certificate, key)
        current = Mutex(try Self.read(certificate, key))
    }

    var context: NIOSSLContext { current.withLock { $0 } }

    /// Reads the files again; if they are invalid, the previous ones remain in use.
    func reload() throws(ServeError) {
        let new = try Self.read(certificate, key)
        current.withLock { $0 = new }
    }

    private static func read(_ certificate: String, _ key: String) throws(ServeError) -> NIOSSLContext {
        do {
            // Read here, because a library would wait forever for a named pipe.
            let (certificate, key) = (try SmallFile(path: certificate).bytes, try SmallFile(path: key).bytes)
            let chain = try NIOSSLCertificate.fromPEMBytes(certificate).map { NIOSSLCertificateSource.certificate($0) }
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain,
                privateKey: .privateKey(try NIOSSLPrivateKey(bytes: key, format: .pem))
            )
            configuration.minimumTLSVersion = .tlsv12
            configuration.applicationProtocols = ["http/1.1"]
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw ServeError(
                .configuration,
                "The certificate \(certificate) and its key \(key) cannot be used: \(error)",
                underlying: error
            )
        }
    }
}
