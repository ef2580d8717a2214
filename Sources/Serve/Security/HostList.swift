/// The host names under which the server may be addressed. They do not include the name of a foreign page that was made
/// to resolve to this server (DNS rebinding), so that listening on loopback protects the server.
struct HostList: Sendable {
    private let names: Set<String>

    /// The configured names, and those of the listening address.
    init(_ configured: [String], listening address: ListenAddress) {
        var names = Set(configured.map { $0.lowercased() })
        switch address {
        case .unix: names.formUnion(["localhost", "127.0.0.1", "[::1]"])
        case .tcp(let host, _):
            if address.isLoopback {
                names.formUnion(["localhost", "127.0.0.1", "[::1]"])
            } else if host != "0.0.0.0" && host != "::" {
                names.insert(host.contains(":") ? "[\(host.lowercased())]" : host.lowercased())
            }
        }
        self.names = names
    }

    /// Whether a `Host` field names this server; the port is ignored.
    func contains(_ host: String?) -> Bool {
        guard let host = host?.lowercased(), !host.isEmpty else { return false }
        if host.hasPrefix("[") {
            guard let end = host.firstIndex(of: "]") else { return false }
            return names.contains(String(host[...end]))
        }
        return names.contains(String(host.prefix { $0 != ":" }))
    }
}
