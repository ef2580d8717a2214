import Base
import NIOCore
import NIOSSL

/// TLS as the client of a receiver: the certificate is always verified, for the host's name.
public struct ClientTLS: Sendable {
    private let context: NIOSSLContext

    /// - Parameter caFile: a PEM file of authorities to trust instead of the system's.
    /// - Throws: ``DeliveryError`` with code `configuration` if the file cannot be used.
    public init(caFile: String? = nil) throws(DeliveryError) {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.certificateVerification = .fullVerification
        tls.minimumTLSVersion = .tlsv12
        do {
            if let caFile {
                let bytes = try SmallFile(path: caFile, limit: 16 << 20).bytes
                tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(bytes))
            }
            context = try NIOSSLContext(configuration: tls)
        } catch let error as FileError {
            throw DeliveryError(.configuration, error.description, underlying: error)
        } catch {
            throw DeliveryError(
                .configuration,
                "The file of trusted certificates cannot be read: \(caFile ?? "the system's").",
                underlying: error
            )
        }
    }

    /// The handler for a connection. An address is not sent as a name, but the certificate must hold it.
    func handler(for host: String) throws -> NIOSSLClientHandler {
        let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
        return try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host)
    }
}
