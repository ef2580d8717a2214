import Base

/// One operation of the API: a route, and its description in the document.
struct APIOperation: Sendable {
    /// A value that a request may contain.
    struct Parameter: Sendable {
        enum Place: String, Sendable { case path, query, header }

        var name: String
        var place: Place
        var summary: String
        var schema: JSON

        static func path(_ name: String, _ summary: String) -> Parameter {
            Parameter(name: name, place: .path, summary: summary, schema: ["type": "string"])
        }

        static func query(_ name: String, _ summary: String, _ schema: JSON = ["type": "string"]) -> Parameter {
            Parameter(name: name, place: .query, summary: summary, schema: schema)
        }

        static func header(_ name: String, _ summary: String) -> Parameter {
            Parameter(name: name, place: .header, summary: summary, schema: ["type": "string"])
        }

        /// One of several words.
        static func choice(_ name: String, _ words: [String], _ summary: String) -> Parameter {
            .query(name, summary, ["type": "string", "enum": .array(words.map { .string($0) })])
        }
    }

    var id: String
    /// Below `/api/v1`.
    var path: String
    var role: Role
    var summary: String
    var parameters: [Parameter] = []
    var method = Method.get
    /// The schema of the request's body, by name; nil if it has none.
    var body: String?
    /// Whether the body may be omitted.
    var isBodyOptional = false
    /// The schema of the response, by name.
    var schema: String
    /// Whether the response can be requested only if it has changed.
    var hasETag = false
    /// Whether the response is a stream of events with such data.
    var isStream = false
    var handler: Handler

    static let root = "/api/v1"

    /// The path as known to the router.
    var pattern: String { Self.root + path }

    /// The scope that a token needs: to read, or to act.
    var scope: Scope { method.isSafe ? .read : .act }

    func add(to router: inout Router) {
        router.on(method, pattern, for: .role(role, token: scope), summary, handler)
    }
}
