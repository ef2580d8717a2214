/// The header fields of every response, including errors.
struct SecurityHeaders: Sendable {
    /// Nothing but this server's own files may be loaded, run, framed or posted to.
    static let contentPolicy = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
        form-action 'self'; frame-ancestors 'none'; base-uri 'none'
        """

    /// Adds missing fields. A response that is not marked as harmless must not be cached by anybody.
    static func add(to response: inout Response, isSecure: Bool) {
        response.headers["Content-Security-Policy"] = contentPolicy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        response.headers.setDefault("Cache-Control", "no-store")
        if isSecure { response.headers["Strict-Transport-Security"] = "max-age=31536000" }
    }
}
