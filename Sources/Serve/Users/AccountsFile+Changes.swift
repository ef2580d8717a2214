public import Base

/// The work of `crm-voip serve user` and `token`.
extension AccountsFile {
    /// A user as listed, without the password.
    public struct ListedUser: Sendable {
        /// The name.
        public let name: String
        /// What the user may do.
        public let role: Role
        /// The queues that may be shown; nil for all.
        public let queues: [String]?
    }

    /// A token as listed, without the secret.
    public struct ListedToken: Sendable {
        /// The public part of the token.
        public let id: String
        /// Its purpose.
        public let name: String
        /// What it may do.
        public let role: Role, scopes: [Scope]
        /// When it expires.
        public let expires: Moment
    }

    /// The users, in order of name.
    ///
    /// - Throws: ``ServeError``
    public func users() throws(ServeError) -> [ListedUser] {
        try read().users.map { ListedUser(name: $0.name, role: $0.role, queues: $0.queues) }.sorted {
            $0.name < $1.name
        }
    }

    /// The tokens, in order of name.
    ///
    /// - Throws: ``ServeError``
    public func tokens() throws(ServeError) -> [ListedToken] {
        try read().tokens.map {
            ListedToken(id: $0.id, name: $0.name, role: $0.role, scopes: $0.scopes, expires: $0.expires.moment)
        }.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }

    /// Adds a user.
    ///
    /// - Throws: ``ServeError`` for a name that is taken or invalid, or a password that is too short.
    public func addUser(_ name: String, role: Role, password: String, queues: [String]?) throws(ServeError) {
        guard Accounts.isName(name) else {
            throw ServeError(.usage, "A name has 1 to 64 ASCII characters and no blanks or quotation marks.")
        }
        let hash = try Self.hash(password)
        try change { accounts throws(ServeError) in
            guard accounts[name] == nil else {
                throw ServeError(.usage, "The user \(name) already exists. `serve user password` changes the password.")
            }
            accounts.users.append(Accounts.User(name: name, role: role, password: hash, queues: queues))
        }
    }

    /// Gives a user another password; their existing sessions end.
    ///
    /// - Throws: ``ServeError`` for an unknown user or a password that is too short.
    public func setPassword(of name: String, to password: String) throws(ServeError) {
        let hash = try Self.hash(password)
        try change { accounts throws(ServeError) in
            guard let index = accounts.users.firstIndex(where: { $0.name == name }) else {
                throw Self.unknown("user", name)
            }
            accounts.users[index].password = hash
        }
    }

    /// Removes a user.
    ///
    /// - Throws: ``ServeError`` for an unknown user.
    public func removeUser(_ name: String) throws(ServeError) {
        try change { accounts throws(ServeError) in
            guard accounts[name] != nil else { throw Self.unknown("user", name) }
            accounts.users.removeAll { $0.name == name }
        }
    }

    /// Creates a token.
    ///
    /// - Parameter expires: When it expires.
    /// - Returns: The token. Only its hash is stored, so it cannot be shown again.
    /// - Throws: ``ServeError``
    public func addToken(
        _ name: String,
        role: Role,
        scopes: [Scope],
        expires: Moment,
        queues: [String]?
    ) throws(ServeError) -> String {
        guard Accounts.isName(name) else {
            throw ServeError(.usage, "A name has 1 to 64 ASCII characters and no blanks or quotation marks.")
        }
        let (id, secret) = (RandomText.make(bytes: 6), RandomText.make(bytes: 32))
        guard let hash = PasswordHash(randomSecret: secret) else { throw Self.noHash }
        try change { accounts throws(ServeError) in
            accounts.tokens.append(
                Accounts.Token(
                    id: id,
                    name: name,
                    role: role,
                    scopes: scopes,
                    secret: hash,
                    expires: Accounts.Expiry(expires),
                    queues: queues
                )
            )
        }
        return "cv_\(id)_\(secret)"
    }

    /// Removes a token.
    ///
    /// - Throws: ``ServeError`` for an unknown id.
    public func removeToken(_ id: String) throws(ServeError) {
        try change { accounts throws(ServeError) in
            guard accounts.tokens.contains(where: { $0.id == id }) else { throw Self.unknown("token", id) }
            accounts.tokens.removeAll { $0.id == id }
        }
    }

    private static func hash(_ password: String) throws(ServeError) -> PasswordHash {
        guard password.count >= 10, password.utf8.count < 512 else {
            throw ServeError(.usage, "A password has at least 10 characters and at most 511 bytes.")
        }
        guard let hash = PasswordHash(password: password) else { throw noHash }
        return hash
    }

    private static func unknown(_ kind: String, _ name: String) -> ServeError {
        ServeError(.notFound, "Unknown \(kind) \(name). `serve \(kind) list` shows all.")
    }

    private static let noHash = ServeError(
        .failed,
        "The system's libcrypt cannot hash it: yescrypt and SHA-256 are needed."
    )
}
