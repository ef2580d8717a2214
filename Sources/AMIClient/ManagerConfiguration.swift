import AMI
public import Base
import Switchboard

/// How to reach the manager interface of one PBX.
public struct ManagerConfiguration: Sendable {
    /// Host name or address.
    public var host: String
    /// TCP port; Asterisk's default is 5038, with TLS 5039.
    public var port: Int
    /// The user of manager.conf.
    public var username: String
    /// The user's secret.
    public var secret: String
    /// Whether the port uses TLS. The certificate is always verified.
    public var tls = false
    /// PEM file of the authorities to trust instead of the system's: a PBX usually signs its own certificate.
    public var caFile: String?
    /// Send the secret in plain text instead of an MD5 challenge: for a proxy without challenges, over TLS or loopback.
    public var plainLogin = false
    /// Time limit for the TCP connection and TLS, and again for greeting and login.
    public var connectTimeout: Duration = .seconds(Defaults.connectTimeout)
    /// Time limit for the complete answer to an action.
    public var actionTimeout: Duration = .seconds(Defaults.actionTimeout)
    /// Delay before the first attempt to reconnect; doubled after each failure, up to ``longestReconnectDelay``.
    public var reconnectDelay: Duration = .seconds(Defaults.reconnectDelay)
    /// The longest delay between attempts to reconnect.
    public var longestReconnectDelay: Duration = .seconds(60)
    /// Events that may be queued for each consumer. Any more are dropped, counted and reported.
    public var eventBuffer = HubLimit().events
    /// The size of such events in bytes; whichever limit is reached first applies.
    public var eventBufferBytes = HubLimit().bytes
    /// How values that are not UTF-8 are decoded.
    public var encoding = TextEncoding.utf8

    /// A PBX at an address, with a user.
    public init(host: String = Defaults.managerHost, port: Int = Defaults.managerPort, username: String, secret: String)
    {
        self.host = host
        self.port = port
        self.username = username
        self.secret = secret
    }

    var eventLimit: HubLimit { HubLimit(events: eventBuffer, bytes: eventBufferBytes) }

    func sessionOptions(events: EventMask) -> SessionOptions {
        var options = SessionOptions(
            credentials: Credentials(username: username, secret: secret, method: plainLogin ? .plain : .challenge)
        )
        options.events = events
        options.encoding = encoding
        options.bannerTimeout = connectTimeout
        options.loginTimeout = connectTimeout
        return options
    }
}
