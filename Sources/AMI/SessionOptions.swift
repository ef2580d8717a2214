public import Base

/// Who logs in, and how.
public struct Credentials: Sendable {
    /// How the secret reaches the PBX.
    public enum Method: Sendable {
        /// As an MD5 of the secret and a challenge: the secret itself is not sent.
        case challenge
        /// As it is: for a PBX that has no challenge, over TLS or loopback only.
        case plain
    }

    /// The user of manager.conf.
    public let username: String
    /// The user's secret. It never appears in errors or traces.
    public let secret: String
    /// How the secret is sent.
    public let method: Method

    /// A user with a secret.
    public init(username: String, secret: String, method: Method = .challenge) {
        self.username = username
        self.secret = secret
        self.method = method
    }
}

/// What a session needs to know before it starts.
public struct SessionOptions: Sendable {
    /// Who logs in.
    public var credentials: Credentials
    /// Which events are asked for at login.
    public var events: EventMask = .off
    /// How values become text.
    public var encoding: TextEncoding = .utf8
    /// From the open connection to the greeting. While Asterisk boots, the kernel accepts and the greeting comes later.
    public var bannerTimeout: Duration = .seconds(Defaults.connectTimeout)
    /// From the greeting to the login's answer. Asterisk waits a second before it refuses.
    public var loginTimeout: Duration = .seconds(Defaults.connectTimeout)
    /// After this long without a byte, a `Ping` asks whether the link is alive; nil asks never.
    public var keepalive: Duration? = .seconds(20)
    /// How long the answer to that `Ping` may take.
    public var keepaliveTimeout: Duration = .seconds(10)
    /// Actions on the wire at once; the others wait unsent.
    public var actionsAtOnce = 16
    /// The most items of one list.
    public var listItems = 100_000
    /// The most bytes of one list.
    public var listBytes = 64 * 1024 * 1024
    /// The limits of a line and a message.
    public var limits = PacketSplitter.Limits()

    /// Options for a user, all else as above.
    public init(credentials: Credentials) {
        self.credentials = credentials
    }
}
