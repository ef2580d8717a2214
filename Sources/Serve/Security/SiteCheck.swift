/// Checks that a request that may change something was made by a page of this server: no other page may make one in a
/// user's name.
enum SiteCheck {
    /// Checks `Sec-Fetch-Site`, which browsers set and pages cannot, or else `Origin` against `Host`.
    ///
    /// - Parameter hasCookie: whether the request belongs to a session. A program has no session, and sends neither
    ///   field.
    static func isOwn(_ request: Request, hasCookie: Bool) -> Bool {
        if let site = request.headers["sec-fetch-site"] { return site == "same-origin" }
        if let origin = request.headers["origin"] {
            guard let host = request.headers["host"] else { return false }
            return origin == (request.isSecure ? "https://" : "http://") + host
        }
        return !hasCookie
    }
}
