/// Who may use a route. A route cannot be created without it.
struct Access: Sendable, Equatable {
    /// The lowest role; nil for everybody, logged in or not.
    var role: Role?
    /// The scope that a token needs in addition to the role; nil if tokens are not accepted.
    var scope: Scope?

    /// Everybody: for style, script, login, and the checks of a load balancer.
    static let everybody = Access(role: nil, scope: nil)

    /// At least this role, through a session, or through a token with a scope, if one is given.
    static func role(_ role: Role, token scope: Scope? = nil) -> Access { Access(role: role, scope: scope) }
}

/// The user or program that makes a request.
struct Identity: Sendable, Equatable {
    /// How the identity was established.
    enum Proof: Sendable, Equatable {
        /// It was not: somebody on this machine, if login is not required.
        case none
        case session
        case token(scopes: Set<Scope>)
        case proxy
    }

    var name: String
    var role: Role
    var proof: Proof
    /// The queues that may be shown; nil for all.
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
