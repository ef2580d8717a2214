/// Why a TLS connection failed, in words for users.
public enum TLSFailure {
    /// The reason, without a full stop: read from the texts of BoringSSL and SwiftNIO, whose errors have no codes for it.
    public static func reason(of error: any Error) -> String {
        let text = "\(error)"
        if text.contains("CERTIFICATE_VERIFY_FAILED") { return "its certificate is not signed by a trusted authority" }
        if text.contains("WRONG_VERSION_NUMBER") { return "that port does not speak TLS" }
        if text.contains("failedToValidateHostname") || text.contains("HOSTNAME") {
            return "its certificate is for another name"
        }
        if text.contains("unableToValidateCertificate") { return "its certificate cannot be validated" }
        return "the handshake was aborted"
    }
}
