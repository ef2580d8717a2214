import Base
import Services
import Switchboard

/// A stream of events about the PBXs: one immediately, then one after every change, at most twice a second, and
/// heartbeats.
struct LiveStream: Sendable {
    let model: LiveModel
    let streams: StreamCounters
    let authenticator: Authenticator

    /// The minimum interval between two events.
    private static let pace = Duration.milliseconds(500)
    /// A heartbeat is sent after this time without a change.
    private static let heartbeat = Duration.seconds(15)

    /// The response.
    ///
    /// - Parameter event: The fields of an event for the current state, without the empty line at its end.
    /// - Throws: ``Problem`` if too many streams are open.
    func response(_ exchange: Exchange, _ event: @escaping @Sendable () -> String) throws(Problem) -> Response {
        let user =
            exchange.identity.map { $0.name.isEmpty ? exchange.request.client : $0.name } ?? exchange.request.client
        guard let ticket = streams.open(user: user) else {
            var problem = Problem(.unavailable, "tryAgainLater", localized("Too many pages are open. Close some."))
            problem.headers["Retry-After"] = "30"
            throw problem
        }
        let changes = model.changes()
        let authenticator = authenticator
        let (request, identity) = (exchange.request, exchange.identity)
        // The stream runs after this call, in the task of its connection.
        let language = Language.current
        var response = Response(.ok)
        response.headers["Content-Type"] = ContentType.events.rawValue
        // A proxy that buffers the whole response would never pass it on.
        response.headers["X-Accel-Buffering"] = "no"
        response.body = .stream { sink in
            // Counted until the stream is over, and no longer than the response exists.
            defer { withExtendedLifetime(ticket) {} }
            try await sink.write("retry: 3000\n\n")
            var isBeat = false
            while true {
                try await sink.write(
                    isBeat
                        ? "event: beat\ndata: 1\n\n" : Language.$current.withValue(language, operation: event) + "\n\n"
                )
                try await Task.sleep(for: Self.pace)
                isBeat = await changes.next(until: .now + Self.heartbeat) == nil
                try Task.checkCancellation()
                // If the user was removed or has changed, nothing more is shown.
                if changes.isFinished || !authenticator.isStill(identity, request) { return }
            }
        }
        return response
    }
}
