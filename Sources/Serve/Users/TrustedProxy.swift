/// What a proxy in front of the server may say. Only its own socket is believed: the same fields from anybody else mean nothing.
struct TrustedProxy: Sendable {
    /// The addresses that it connects from; `unix` for a Unix socket.
    var addresses: Set<String> = []
    /// The header field with the name of a user whom the proxy has logged in; nil where it logs nobody in.
    var userHeader: String?

    /// The user whom the proxy names.
    func user(of request: Request) -> String? {
        guard let userHeader, addresses.contains(request.peer) else { return nil }
        let names = request.headers.all(userHeader)
        // Two of them may be one of the client and one of the proxy.
        return names.count == 1 ? names[0] : nil
    }

    /// The request as the client made it, as far as the proxy tells: its address, and whether it is encrypted.
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
