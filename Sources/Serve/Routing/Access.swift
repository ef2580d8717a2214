/// Who may use a route. A route cannot be made without it.
struct Access: Sendable, Equatable {
    /// The least role; nil for everybody, logged in or not.
    var role: Role?
    /// What a token needs besides the role; nil where tokens are not taken.
    var scope: Scope?

    /// Everybody: style, script, login, and what a load balancer asks for.
    static let everybody = Access(role: nil, scope: nil)

    /// A role at least, by a session; or by a token with a scope, where one is named.
    static func role(_ role: Role, token scope: Scope? = nil) -> Access { Access(role: role, scope: scope) }
}

/// Who makes a request.
struct Identity: Sendable, Equatable {
    /// How it is known who it is.
    enum Proof: Sendable, Equatable {
        /// It is not: somebody on this machine, where nobody has to log in.
        case none
        case session
        case token(scopes: Set<Scope>)
        case proxy
    }

    var name: String
    var role: Role
    var proof: Proof
    /// The queues that are shown; nil for all.
    var queues: Set<String>?

    /// Whether a route may be used.
    func may(_ access: Access) -> Bool {
        guard let least = access.role else { return true }
        guard role >= least else { return false }
        guard case .token(let scopes) = proof else { return true }
        return access.scope.map { scopes.contains($0) } ?? false
    }

    /// Whether a queue may be shown.
    func sees(queue: String) -> Bool { queues.map { $0.contains(queue.lowercased()) } ?? true }
}
