/// A mail server and how it is used.
public struct SMTPOptions: Sendable, Equatable {
    /// How the connection is protected.
    public enum Security: String, Sendable, CaseIterable {
        /// TLS begins after the server's greeting. A server that does not offer it gets no mail.
        case starttls
        /// TLS begins at once.
        case implicit
        /// No TLS: for a server on this machine or in a trusted network. There is no login then.
        case none
    }

    /// A name or an address.
    public var host: String
    /// The TCP port.
    public var port: Int
    /// How the connection is protected.
    public var security: Security
    /// The user to log in as; nil for no login.
    public var username: String?
    /// The user's password.
    public var password: String?
    /// The name with which this machine introduces itself.
    public var greeting: String

    /// A server.
    public init(
        host: String,
        port: Int,
        security: Security,
        username: String? = nil,
        password: String? = nil,
        greeting: String = "localhost"
    ) {
        (self.host, self.port, self.security) = (host, port, security)
        (self.username, self.password, self.greeting) = (username, password, greeting)
    }

    /// The port that belongs to a kind of protection: 587, 465, 25.
    public static func usualPort(_ security: Security) -> Int {
        switch security {
        case .starttls: 587
        case .implicit: 465
        case .none: 25
        }
    }

    /// Host and port, for messages.
    var place: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }
}
