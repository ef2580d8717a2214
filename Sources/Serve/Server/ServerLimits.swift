import NIOCore

/// How many of the server's resources a client may use.
struct ServerLimits: Sendable {
    /// Maximum size of a request's body in bytes.
    var body = 64 << 10
    /// Maximum total size of a request's header fields in bytes.
    var headers = 16 << 10
    /// Maximum size of one header field in bytes.
    var header = 8 << 10
    /// Maximum number of simultaneous connections.
    var connections = 512
    /// How long a connection may be idle, and how long a request may take to arrive.
    var idle = TimeAmount.seconds(60)
    /// How long a client may take to read a chunk of a stream.
    var patience = TimeAmount.seconds(10)
    /// How many bytes wait in the system for a client's window before a write is considered unread.
    var unsent = 16 << 10
    /// How long responses may take during shutdown.
    var farewell = Duration.seconds(3)
}
