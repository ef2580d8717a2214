/// The names under which the server may be addressed. A page elsewhere whose name was made to point here is not one of them
/// (DNS rebinding), so that loopback is a protection.
struct HostList: Sendable {
    private let names: Set<String>

    /// The names of the configuration, and those of the address that is listened on.
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

    /// Whether a `Host` field names this server; its port does not matter.
    func contains(_ host: String?) -> Bool {
        guard let host = host?.lowercased(), !host.isEmpty else { return false }
        if host.hasPrefix("[") {
            guard let end = host.firstIndex(of: "]") else { return false }
            return names.contains(String(host[...end]))
        }
        return names.contains(String(host.prefix { $0 != ":" }))
    }
}
