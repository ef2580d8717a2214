/// A request, read completely.
struct Request: Sendable {
    /// The method; nil if no route has it.
    var method: Method?
    /// The path's segments, percent-decoded.
    var segments: [String]
    /// The path as sent, without the query.
    var path: String
    var query: FormFields
    var headers: HeaderFields
    var body: [UInt8] = []
    /// The address of the peer's socket; `unix` for a Unix socket.
    var peer: String
    /// The address of the client: the peer's, or the one given by a trusted proxy.
    var client: String
    /// Whether the client's connection is encrypted.
    var isSecure: Bool

    /// A request from its target, which is a path with an optional query. Nil for anything else, such as the form used
    /// with proxies.
    init?(
        _ method: Method?,
        target: String,
        headers: HeaderFields = HeaderFields(),
        body: [UInt8] = [],
        peer: String = "127.0.0.1",
        isSecure: Bool = false
    ) {
        guard target.utf8.first == UInt8(ascii: "/") else { return nil }
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = String(parts[0])
        var segments: [String] = []
        for part in parts[0].split(separator: "/") {
            guard let segment = PercentCoding.decoded(part), !segment.contains("\0") else { return nil }
            segments.append(segment)
        }
        guard !segments.contains(where: { $0 == "." || $0 == ".." }) else { return nil }
        self.segments = segments
        query = FormFields(parts.count > 1 ? parts[1] : "")
        (self.method, self.headers, self.body) = (method, headers, body)
        (self.peer, client, self.isSecure) = (peer, peer, isSecure)
    }

    /// The fields of a form sent in the body.
    var form: FormFields {
        guard headers["content-type"]?.lowercased().hasPrefix("application/x-www-form-urlencoded") ?? false else {
            return FormFields("")
        }
        return FormFields(String(decoding: body, as: UTF8.self)[...])
    }

    /// Whether the body is declared as JSON.
    var hasJSON: Bool {
        headers["content-type"]?.lowercased().prefix { $0 != ";" }.filter { $0 != " " } == "application/json"
    }

    /// The value of a cookie (RFC 6265, section 4.2).
    func cookie(_ name: String) -> String? {
        for header in headers.all("cookie") {
            for pair in header.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2 else { continue }
                let key = parts[0].drop { $0 == " " }
                if key == name { return String(parts[1]) }
            }
        }
        return nil
    }

    /// Whether a browser is requesting a page.
    var wantsPage: Bool { headers["accept"]?.contains("text/html") ?? false }
}
