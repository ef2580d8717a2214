import Base
import Reporting

/// Logging in and out.
struct LoginRoutes: Sendable {
    let authenticator: Authenticator
    /// Receives a line about each failed attempt, for fail2ban and for people.
    let report: @Sendable (String) -> Void

    func add(to router: inout Router) {
        router.on(.get, "/login", for: .everybody, "The form to log in.") { exchange in
            form(next: exchange.request.query["next"], failure: nil)
        }
        router.on(.post, "/login", for: .everybody, "Log in.") { exchange in try logIn(exchange.request) }
        router.on(.post, "/logout", for: .everybody, "Log out.") { exchange in logOut(exchange.request) }
    }

    private func logIn(_ request: Request) throws -> Response {
        let fields = request.form
        let next = fields["next"]
        guard let name = fields["name"], let password = fields["password"], Accounts.isName(name) else {
            return form(next: next, failure: localized("Enter a name and a password."))
        }
        guard let key = try authenticator.logIn(name: name, password: password, address: request.client) else {
            report("Login of \(name) from \(request.client) failed.")
            return form(next: next, failure: localized("The name or the password is wrong."))
        }
        var response = Response.redirect(to: Self.safe(next))
        response.headers["Set-Cookie"] = Self.cookie(key, isSecure: request.isSecure, age: nil)
        return response
    }

    private func logOut(_ request: Request) -> Response {
        if let key = request.cookie(Authenticator.cookie(isSecure: request.isSecure)) {
            authenticator.sessions.end(key)
        }
        var response = Response.redirect(to: "/login")
        response.headers["Set-Cookie"] = Self.cookie("", isSecure: request.isSecure, age: 0)
        return response
    }

    private static func cookie(_ key: String, isSecure: Bool, age: Int?) -> String {
        let name = Authenticator.cookie(isSecure: isSecure)
        let end = age.map { "; Max-Age=\($0)" } ?? ""
        return "\(name)=\(key); Path=/; HttpOnly; SameSite=Strict\(isSecure ? "; Secure" : "")\(end)"
    }

    /// Where to continue: a path of this server and nothing else.
    static func safe(_ next: String?) -> String {
        guard let next, next.hasPrefix("/"), !next.hasPrefix("//"), !next.hasPrefix("/\\"),
            next.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return "/" }
        return next
    }

    private func form(next: String?, failure: String?) -> Response {
        let notice: Markup = failure.map { "<p class=\"failure\" role=\"alert\">\($0)</p>\n" } ?? ""
        let body: Markup = """
            <section class="login">
            <h1>\(localized("Log in"))</h1>
            \(notice)<form method="post" action="/login">
            <input type="hidden" name="next" value="\(Self.safe(next))">
            <label>\(localized("Name")) <input name="name" autocomplete="username" required autofocus></label>
            <label>\(localized("Password")) <input name="password" type="password" autocomplete="current-password" required></label>
            <button>\(localized("Log in"))</button>
            </form>
            </section>
            """
        return Page(title: localized("Log in · crm-voip"), body: body)
            .response(for: nil, failure == nil ? .ok : .unauthorized)
    }
}
