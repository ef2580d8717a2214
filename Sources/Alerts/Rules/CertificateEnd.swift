public import Base
import NIOSSL

/// Reads when certificates end.
public enum CertificateEnd {
    /// When the first certificate of a PEM file ends; nil if it holds none that can be read.
    public static func of(pem bytes: [UInt8]) -> Moment? {
        guard let certificates = try? NIOSSLCertificate.fromPEMBytes(bytes), let first = certificates.first else {
            return nil
        }
        return Moment(seconds: Int64(first.notValidAfter))
    }
}
