import Base
import Services

/// The PBXs as a stream for programs: the response of `live`, immediately and after every change.
struct EventsAPI: Sendable {
    let live: LiveAPI
    let stream: LiveStream
    let log: AccessLog

    var operations: [APIOperation] {
        [
            APIOperation(
                id: "events",
                path: "/events",
                role: .viewer,
                summary: """
                    Server-sent events: `live`, whose data are those of the operation live, at once and after every change, at most \
                    twice a second; `beat` after 15 seconds without a change. Each is whole, so that a client that connects again has missed nothing.
                    """,
                parameters: LiveAPI.filters,
                schema: "Live",
                isStream: true
            ) { exchange in
                let first = try live.input(exchange)
                log.noteOften(exchange, "live events", exchange.request.query.text)
                return try stream.response(exchange) {
                    var input = first
                    input.states = live.model.current
                    return
                        "event: live\nid: \(input.states.reduce(0) { $0 &+ $1.counts.events })\ndata: \(live.live(input).line)"
                }
            }
        ]
    }
}
