import Base
import NIOCore
import NIOPosix
import NIOSSL

/// Why a request or a mail session came to no answer. All of these may be different at the next attempt.
struct TransportFailure: Error, Equatable {
    /// A sentence without its full stop, without secrets.
    let reason: String

    init(_ reason: String) { self.reason = reason }

    /// Describes an error of the network.
    init(_ error: any Error, at place: String) {
        switch error {
        case let failure as TransportFailure: self = failure
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            reason = "no trusted TLS connection to \(place): \(TLSFailure.reason(of: error))"
        case let failure as NIOConnectionError:
            if failure.connectionErrors.isEmpty, failure.dnsAError != nil || failure.dnsAAAAError != nil {
                reason = "the host of \(place) was not found"
            } else {
                let first = failure.connectionErrors.first.map { Self.networkReason($0.error) }
                reason = "\(place) cannot be reached: \(first ?? "no answer")"
            }
        case is CancellationError: reason = "the attempt was cancelled"
        default: reason = "\(place) cannot be reached: \(Self.networkReason(error))"
        }
    }

    private static func networkReason(_ error: any Error) -> String {
        switch error {
        case let failure as IOError: String(cString: strerror(failure.errnoCode))
        case ChannelError.connectTimeout: "no answer in time"
        default: "the connection was closed"
        }
    }
}
