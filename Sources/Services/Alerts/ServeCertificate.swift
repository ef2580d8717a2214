import Alerts
import Base
import Configuration

/// The certificate of `serve`, for the rule about its end. It is read again from time to time, because it is renewed while
/// the rules are evaluated.
struct ServeCertificate {
    private let path: String?
    private var read: (found: [AlertSnapshot.Certificate], at: Moment)?
    private static let pause = Duration.seconds(60)

    init(_ settings: Settings) { path = settings.serve.certificate }

    /// Empty without TLS. A file that cannot be read at the moment, such as one that is being replaced, changes nothing.
    mutating func current(at now: Moment) -> [AlertSnapshot.Certificate] {
        if let read, read.at <= now, now - read.at < Self.pause { return read.found }
        var found = read?.found ?? []
        if let path, let file = try? SmallFile(path: path), let end = CertificateEnd.of(pem: file.bytes) {
            found = [AlertSnapshot.Certificate(name: "serve", endsAt: end)]
        }
        read = (found, now)
        return found
    }
}
