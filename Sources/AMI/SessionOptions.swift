public import Base

/// Who logs in, and how.
public struct Credentials: Sendable {
    /// How the secret reaches the PBX.
    public enum Method: Sendable {
        /// As MD5 of the secret and a challenge: the secret itself is not sent.
        case challenge
        /// In plain text: for a PBX that does not support challenges, over TLS or loopback only.
        case plain
    }

    /// The user of manager.conf.
    public let username: String
    /// The user's secret. It never appears in errors or traces.
    public let secret: String
    /// How the secret is sent.
    public let method: Method

    /// A user and the secret.
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
    /// The events requested at login.
    public var events: EventMask = .off
    /// How values become text.
    public var encoding: TextEncoding = .utf8
    /// From the open connection to the greeting. While Asterisk boots, the kernel accepts connections but the greeting
    /// comes later.
    public var bannerTimeout: Duration = .seconds(Defaults.connectTimeout)
    /// From the greeting to the login's answer. Asterisk waits a second before it refuses.
    public var loginTimeout: Duration = .seconds(Defaults.connectTimeout)
    /// After this long without a byte, a `Ping` checks whether the link is alive; nil disables the check.
    public var keepalive: Duration? = .seconds(20)
    /// Time limit for the answer to that `Ping`.
    public var keepaliveTimeout: Duration = .seconds(10)
    /// The most actions on the wire; others wait unsent.
    public var actionsAtOnce = 16
    /// The most items of one list.
    public var listItems = 100_000
    /// The most bytes of one list.
    public var listBytes = 64 * 1024 * 1024
    /// The limits of a line and a message.
    public var limits = PacketSplitter.Limits()

    /// Options for a user; everything else has its default.
    public init(credentials: Credentials) {
        self.credentials = credentials
    }
}
