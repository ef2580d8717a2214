/// A route's code: receives the request, the identity, and the path's variables.
typealias Handler = @Sendable (Exchange) async throws -> Response

/// A request being handled by a route.
struct Exchange: Sendable {
    var request: Request
    /// Nil only on routes for everybody.
    var identity: Identity?
    /// The path's variables by name.
    var parameters: [String: String]

    /// The role, which is that of the wall display if nobody is logged in.
    var role: Role { identity?.role ?? .wall }
}

/// A method, a path and who may use them.
struct Route: Sendable {
    let method: Method
    /// Such as `/calls/{id}`; a name in braces is a variable. Used in metrics and in the API's document.
    let pattern: String
    let access: Access
    /// What it does, in a few words, for the API's document.
    let summary: String
    let handler: Handler
    let segments: [Segment]

    enum Segment: Sendable, Equatable {
        case fixed(String)
        case variable(String)
    }

    init(_ method: Method, _ pattern: String, _ access: Access, _ summary: String, _ handler: @escaping Handler) {
        (self.method, self.pattern, self.access) = (method, pattern, access)
        (self.summary, self.handler) = (summary, handler)
        segments = pattern.split(separator: "/").map { part in
            part.hasPrefix("{") && part.hasSuffix("}")
                ? .variable(String(part.dropFirst().dropLast())) : .fixed(String(part))
        }
    }

    /// The variables, if the path matches this route.
    func match(_ path: [String]) -> [String: String]? {
        guard path.count == segments.count else { return nil }
        var variables: [String: String] = [:]
        for (segment, text) in zip(segments, path) {
            switch segment {
            case .fixed(let name): if name != text { return nil }
            case .variable(let name): variables[name] = text
            }
        }
        return variables
    }
}

/// All routes.
struct Router: Sendable {
    enum Match: Sendable {
        case found(Route, [String: String])
        case wrongMethod(allowed: [Method])
        case notFound
    }

    private(set) var routes: [Route] = []

    /// Adds a route. This is the only way to add one, and it requires saying who may use it.
    ///
    /// - Parameters:
    ///   - access: Who may use it.
    ///   - summary: What it does, in a few words.
    mutating func on(
        _ method: Method,
        _ pattern: String,
        for access: Access,
        _ summary: String,
        _ handler: @escaping Handler
    ) {
        routes.append(Route(method, pattern, access, summary, handler))
    }

    /// The route of a request. HEAD uses the route for GET; a path without variables takes precedence over one with
    /// variables.
    func match(_ request: Request) -> Match {
        let candidates = routes.compactMap { route in route.match(request.segments).map { (route, $0) } }
            .sorted { $0.1.count < $1.1.count }
        guard !candidates.isEmpty else { return .notFound }
        let method = request.method == .head ? .get : request.method
        if let (route, variables) = candidates.first(where: { $0.0.method == method }) {
            return .found(route, variables)
        }
        let allowed = Set(candidates.flatMap { $0.0.method == .get ? [Method.get, .head] : [$0.0.method] })
        return .wrongMethod(allowed: allowed.sorted { $0.rawValue < $1.rawValue })
    }
}
