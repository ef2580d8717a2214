import Base
public import Configuration
public import Services

/// How to run the server.
public struct ServeOptions: Sendable {
    /// The address on which it listens.
    public var listen = ListenAddress.tcp(host: "127.0.0.1", port: 8090)
    /// Additional host names under which it may be addressed.
    public var hosts: [String] = []
    /// The certificate chain and its key, PEM files; nil without TLS.
    public var certificate: String?, key: String?
    /// Users and tokens.
    public var usersFile: String
    /// The role of clients that are not logged in; nil if everybody must log in.
    public var openRole: Role?
    /// Whether ``openRole`` was configured. Otherwise it is that of the wall display while there are no users.
    public var isOpenRoleSet = false
    /// The addresses of trusted proxies.
    public var proxies: [String] = []
    /// The header field in which such a proxy names the user that it has authenticated.
    public var userHeader: String?
    /// A recording to show instead of the configured PBXs.
    public var replay: ReplayRequest?

    /// The default options, with a users file.
    public init(usersFile: String) { self.usersFile = usersFile }

    /// The options in the configuration.
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

    /// Sets the role of clients that are not logged in; `none`, or a word that is not a role, gives them none.
    public mutating func setOpenRole(_ word: String) {
        (openRole, isOpenRoleSet) = (Role(rawValue: word), true)
    }
}
