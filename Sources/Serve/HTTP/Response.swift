import Base

/// The response to a request.
struct Response: Sendable {
    /// The part after the header fields.
    enum Body: Sendable {
        case bytes([UInt8])
        /// Chunks sent over time, until the closure returns. It is cancelled when the client disconnects and when the
        /// server shuts down.
        case stream(@Sendable (any StreamSink) async throws -> Void)
    }

    var status: Status
    var headers = HeaderFields()
    var body = Body.bytes([])

    init(_ status: Status = .ok, _ type: ContentType, _ bytes: [UInt8]) {
        self.status = status
        headers["Content-Type"] = type.rawValue
        body = .bytes(bytes)
    }

    init(_ status: Status) { self.status = status }

    /// A page.
    static func page(_ html: String, _ status: Status = .ok) -> Response { Response(status, .html, Array(html.utf8)) }

    /// A JSON value.
    static func json(_ json: JSON, _ status: Status = .ok) -> Response {
        Response(status, .json, Array((json.text() + "\n").utf8))
    }

    /// Tells the client to repeat the request elsewhere, with GET.
    static func redirect(to path: String) -> Response {
        var response = Response(.seeOther)
        response.headers["Location"] = path
        return response
    }

    /// The bytes of the body; empty for a stream.
    var bytes: [UInt8] {
        if case .bytes(let bytes) = body { bytes } else { [] }
    }
}

/// The media types in use.
enum ContentType: String, Sendable {
    case html = "text/html; charset=utf-8"
    case css = "text/css; charset=utf-8"
    case script = "text/javascript; charset=utf-8"
    case svg = "image/svg+xml"
    case json = "application/json"
    case csv = "text/csv; charset=utf-8"
    case xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    case problem = "application/problem+json"
    case text = "text/plain; charset=utf-8"
    case metrics = "text/plain; version=0.0.4; charset=utf-8"
    case openMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8"
    case events = "text/event-stream"
}

/// Receives the chunks of a stream.
protocol StreamSink: Sendable {
    /// Sends text, and waits until the client's connection has accepted it.
    ///
    /// - Throws: an error if the connection is lost or takes too long.
    func write(_ text: String) async throws
}
