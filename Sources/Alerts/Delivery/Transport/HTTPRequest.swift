/// One request to a receiver.
struct HTTPRequest: Sendable, Equatable {
    var method = "POST"
    var url: EndpointURL
    /// Names and values, in order, besides those that the client sets itself.
    var headers: [(name: String, value: String)]
    var body: [UInt8]
    /// Texts that must not appear in any message: parts of the URL, tokens.
    var secrets: [String] = []

    /// A request with a JSON body.
    static func json(_ url: EndpointURL, _ body: String, headers: [(name: String, value: String)] = []) -> HTTPRequest {
        HTTPRequest(
            url: url,
            headers: [(name: "Content-Type", value: "application/json")] + headers,
            body: Array(body.utf8)
        )
    }

    static func == (first: HTTPRequest, second: HTTPRequest) -> Bool {
        first.method == second.method && first.url == second.url && first.body == second.body
            && first.headers.map { [$0.name, $0.value] } == second.headers.map { [$0.name, $0.value] }
    }
}

/// The answer to a request.
struct HTTPAnswer: Sendable, Equatable {
    let status: Int
    /// The value of `Retry-After`, as it was sent.
    var retryAfter: String?
    /// At most ``HTTPClient/answerLimit`` bytes.
    var body: [UInt8] = []

    var text: String { String(decoding: body, as: UTF8.self) }
}
