import Base

/// What a request is answered with.
struct Response: Sendable {
    /// What follows the header fields.
    enum Body: Sendable {
        case bytes([UInt8])
        /// Chunks that come as time goes on, until the closure returns. It is cancelled when the client is gone and when the
        /// server ends.
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

    /// The request is to be made again elsewhere, with GET.
    static func redirect(to path: String) -> Response {
        var response = Response(.seeOther)
        response.headers["Location"] = path
        return response
    }

    /// The bytes of the body; none of a stream.
    var bytes: [UInt8] {
        if case .bytes(let bytes) = body { bytes } else { [] }
    }
}

/// The media types that are sent.
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

/// Takes the chunks of a stream.
protocol StreamSink: Sendable {
    /// Sends text, and waits until the client's connection has taken it.
    ///
    /// - Throws: an error where the connection is gone or takes too long.
    func write(_ text: String) async throws
}
