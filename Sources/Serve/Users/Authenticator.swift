import Base
import Synchronization

/// Determines who makes a request.
final class Authenticator: Sendable {
    private let accounts: Mutex<Accounts>
    /// Tokens that were checked, so that they are not hashed for every request. Keys are whole tokens.
    private let checked = Mutex<[String: String]>([:])
    let sessions = SessionStore()
    let limit = LoginLimit()
    let forms = FormTokens()
    /// The role of clients that are not logged in; nil if everybody must log in.
    let openRole: Role?
    private let proxy: TrustedProxy
    let clock: @Sendable () -> Moment

    init(
        _ accounts: Accounts,
        openRole: Role? = nil,
        proxy: TrustedProxy = TrustedProxy(),
        clock: @escaping @Sendable () -> Moment
    ) {
        self.accounts = Mutex(accounts)
        (self.openRole, self.proxy, self.clock) = (openRole, proxy, clock)
    }

    /// Switches to other accounts. Sessions of users who were removed, or have another password, end.
    func replace(_ new: Accounts) {
        let old = accounts.withLock { current in
            defer { current = new }
            return current
        }
        checked.withLock { $0 = [:] }
        for user in old.users where new[user.name]?.password != user.password { sessions.end(user: user.name) }
    }

    /// The name of the cookie with a session's key. With `__Host-`, a browser sends it only to this very host, over an
    /// encrypted connection.
    static func cookie(isSecure: Bool) -> String { isSecure ? "__Host-session" : "session" }

    /// Who makes the request; nil if nobody is known.
    func identity(of request: Request) -> Identity? {
        if let header = request.headers["authorization"] {
            guard header.lowercased().hasPrefix("bearer ") else { return nil }
            return identity(ofToken: String(header.dropFirst(7).drop { $0 == " " }))
        }
        if let name = proxy.user(of: request), let user = accounts.withLock({ $0[name] }) {
            return Identity(name: user.name, role: user.role, proof: .proxy, queues: Self.queues(user.queues))
        }
        if let key = request.cookie(Self.cookie(isSecure: request.isSecure)),
            let name = sessions.user(of: key, at: clock()), let user = accounts.withLock({ $0[name] })
        {
            return Identity(name: user.name, role: user.role, proof: .session, queues: Self.queues(user.queues))
        }
        if let display = display(request) { return display }
        return openRole.map { Identity(name: "", role: $0, proof: .none) }
    }

    /// Whether the user for whom a stream was opened may still see the same. This does not count as use of a session: a
    /// tab that is merely left open does not keep the session alive.
    func isStill(_ identity: Identity?, _ request: Request) -> Bool {
        guard let identity else { return false }
        let now = clock()
        switch identity.proof {
        case .none: return openRole == identity.role
        case .token:
            let text = request.headers["authorization"] ?? request.cookie(Self.ticketCookie(isSecure: request.isSecure))
            let id = text.flatMap(Self.id(ofToken:))
            return accounts.withLock {
                $0.tokens.contains { $0.id == id && $0.expires.moment > now && $0.role == identity.role }
            }
        case .session, .proxy:
            let user = accounts.withLock { $0[identity.name] }
            guard let user, user.role == identity.role, Self.queues(user.queues) == identity.queues else {
                return false
            }
            if identity.proof == .proxy { return true }
            return request.cookie(Self.cookie(isSecure: request.isSecure)).map { sessions.isAlive($0, at: now) }
                ?? false
        }
    }

    /// Begins a session for a user with the right password.
    ///
    /// - Returns: The session's key; nil if name or password is wrong.
    /// - Throws: ``Problem`` after too many failed attempts.
    func logIn(name: String, password: String, address: String) throws(Problem) -> String? {
        if let seconds = limit.wait(address: address, user: name, at: clock()) { throw Self.tooMany(seconds) }
        let user = accounts.withLock { $0[name] }
        let isRight = (user?.password ?? .ofNobody).matches(password)
        guard isRight, let user else {
            limit.failed(address: address, user: name, at: clock())
            return nil
        }
        return sessions.begin(user: user.name, at: clock())
    }

    /// Why nobody is let in for a while.
    static func tooMany(_ seconds: Int) -> Problem {
        var problem = Problem(
            .tooManyRequests,
            "tryAgainLater",
            localized(
                seconds,
                one: "Too many attempts have failed. Try again in \(seconds) second.",
                other: "Too many attempts have failed. Try again in \(seconds) seconds."
            )
        )
        problem.headers["Retry-After"] = "\(seconds)"
        return problem
    }

    /// When a token expires; nil for an unknown one.
    func expiry(ofToken text: String) -> Moment? {
        let id = Self.id(ofToken: text)
        return accounts.withLock { $0.tokens.first { $0.id == id }?.expires.moment }
    }

    /// The program that has a token; nil if it is unknown or has expired.
    func identity(ofToken text: String) -> Identity? {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "cv" else { return nil }
        guard let token = accounts.withLock({ $0.tokens.first { $0.id == parts[1] } }), token.expires.moment > clock()
        else {
            return nil
        }
        if checked.withLock({ $0[text] }) != token.secret.text {
            guard token.secret.matches(String(parts[2])) else { return nil }
            checked.withLock { $0[text] = token.secret.text }
        }
        return Identity(
            name: token.name,
            role: token.role,
            proof: .token(scopes: Set(token.scopes)),
            queues: Self.queues(token.queues)
        )
    }

    /// The part of a token that identifies it; nil if it has none.
    private static func id(ofToken text: String) -> String? {
        text.split(separator: "_").dropFirst().first.map(String.init)
    }

    private static func queues(_ names: [String]?) -> Set<String>? { names.map { Set($0.map { $0.lowercased() }) } }
}
