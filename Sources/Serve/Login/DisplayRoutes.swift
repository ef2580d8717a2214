import Base
import Reporting

/// Admits displays that cannot log in: a television opens a link with a ticket, which is a token with the role and the
/// scope `wall` and nothing more.
///
/// The ticket moves from the address into a cookie, so that the address on the screen contains no secret. It opens
/// the wall and its events only, until the token expires or is removed.
struct DisplayRoutes: Sendable {
    let authenticator: Authenticator
    /// Receives a line about each rejected ticket, for fail2ban and for people.
    let report: @Sendable (String) -> Void

    /// The longest time that browsers keep a cookie.
    private static let longest = 400 * 86_400

    func add(to router: inout Router) {
        router.on(.get, "/display", for: .everybody, "Show the wall on a display that has a ticket.") { exchange in
            try enter(exchange.request)
        }
    }

    private func enter(_ request: Request) throws(Problem) -> Response {
        let seconds = try authenticator.seconds(ofTicket: request.query["ticket"] ?? "", from: request.client)
        guard let seconds else {
            report("A display's ticket from \(request.client) was rejected.")
            throw Problem(
                .unauthorized,
                "notPermitted",
                localized("The ticket is unknown or has expired. Ask for a new link.")
            )
        }
        let query = request.query.setting("ticket", nil).text
        var response = Response.redirect(to: query.isEmpty ? "/wall" : "/wall?\(query)")
        let name = Authenticator.ticketCookie(isSecure: request.isSecure)
        let age = min(seconds, Self.longest)
        response.headers["Set-Cookie"] =
            "\(name)=\(request.query["ticket"] ?? ""); Path=/; HttpOnly; SameSite=Strict"
            + "\(request.isSecure ? "; Secure" : ""); Max-Age=\(age)"
        return response
    }
}
