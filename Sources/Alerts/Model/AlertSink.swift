/// Where messages go: the spool, or a list in a test.
public protocol AlertSink: Sendable {
    /// Takes a message. It returns once the message is safe; a message that it has taken is never offered again.
    ///
    /// - Throws: Whatever prevents it from keeping the message; the message is then offered again later, with the same
    ///   id.
    func accept(_ message: AlertMessage) async throws
}
