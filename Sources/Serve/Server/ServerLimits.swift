import NIOCore

/// How much a client may take of the server.
struct ServerLimits: Sendable {
    /// Bytes of a request's body.
    var body = 64 << 10
    /// Bytes of a request's header fields.
    var headers = 16 << 10
    /// Bytes of one of them.
    var header = 8 << 10
    /// Connections at once.
    var connections = 512
    /// How long a connection may do nothing, and how long a request may take to arrive.
    var idle = TimeAmount.seconds(60)
    /// How long a client may take to read a chunk of a stream.
    var patience = TimeAmount.seconds(10)
    /// How long answers may take when the server ends.
    var farewell = Duration.seconds(3)
}
