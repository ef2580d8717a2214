/// The information accepted from a proxy in front of the server. Only its own socket is trusted: from anybody else, the
/// same fields are ignored.
struct TrustedProxy: Sendable {
    /// The addresses from which it connects; `unix` for a Unix socket.
    var addresses: Set<String> = []
    /// The header field with the name of a user whom the proxy has authenticated; nil if it authenticates nobody.
    var userHeader: String?

    /// The user named by the proxy.
    func user(of request: Request) -> String? {
        guard let userHeader, addresses.contains(request.peer) else { return nil }
        let names = request.headers.all(userHeader)
        // If there are two, one may be the client's and one the proxy's.
        return names.count == 1 ? names[0] : nil
    }

    /// The client's original request, as far as the proxy reports it: its address, and whether it is encrypted.
    func resolved(_ request: Request) -> Request {
        guard addresses.contains(request.peer) else { return request }
        var resolved = request
        if let last = request.headers.all("x-forwarded-for").last?.split(separator: ",").last {
            resolved.client = String(last.filter { $0 != " " })
        }
        if request.headers["x-forwarded-proto"] == "https" { resolved.isSecure = true }
        return resolved
    }
}
