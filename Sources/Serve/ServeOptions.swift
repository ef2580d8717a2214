import Base
public import Configuration
public import Services

/// How the server is to run.
public struct ServeOptions: Sendable {
    /// Where it listens.
    public var listen = ListenAddress.tcp(host: "127.0.0.1", port: 8090)
    /// Names under which it may be addressed, besides those of the address.
    public var hosts: [String] = []
    /// The certificate chain and its key, PEM files; nil without TLS.
    public var certificate: String?, key: String?
    /// Users and tokens.
    public var usersFile: String
    /// The role of those who do not log in; nil where everybody has to.
    public var openRole: Role?
    /// Whether ``openRole`` is as somebody wants it. Else it is the wall's while there are no users.
    public var isOpenRoleSet = false
    /// The addresses of proxies that are believed.
    public var proxies: [String] = []
    /// The header field in which such a proxy names the user whom it has logged in.
    public var userHeader: String?
    /// A recording to show instead of the configured PBXs.
    public var replay: ReplayRequest?

    /// The usual options, with a users file.
    public init(usersFile: String) { self.usersFile = usersFile }

    /// The options of the configuration.
    ///
    /// - Throws: ``ServeError`` for an invalid address.
    public init(_ settings: Settings) throws(ServeError) {
        let serve = settings.serve
        self.init(usersFile: serve.usersFile)
        guard let address = ListenAddress(serve.listen) else {
            throw ServeError(
                .configuration,
                "serve.listen is HOST:PORT or unix:PATH, such as 127.0.0.1:8090; it is \(serve.listen)."
            )
        }
        listen = address
        (hosts, certificate, key) = (serve.hosts, serve.certificate, serve.key)
        (proxies, userHeader) = (serve.proxies, serve.userHeader)
        if let role = serve.openRole { setOpenRole(role) }
    }

    /// Sets the role of those who do not log in; `none` or a word that is no role gives them none.
    public mutating func setOpenRole(_ word: String) {
        (openRole, isOpenRoleSet) = (Role(rawValue: word), true)
    }
}
