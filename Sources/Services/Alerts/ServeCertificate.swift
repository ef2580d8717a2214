import Alerts
import Base
import Configuration

/// The certificate of `serve`, for the rule about its end.
enum ServeCertificate {
    /// Empty without TLS, or if the file cannot be read.
    static func of(_ settings: Settings) -> [AlertSnapshot.Certificate] {
        guard let path = settings.serve.certificate, let file = try? SmallFile(path: path),
            let end = CertificateEnd.of(pem: file.bytes)
        else { return [] }
        return [AlertSnapshot.Certificate(name: "serve", endsAt: end)]
    }
}
