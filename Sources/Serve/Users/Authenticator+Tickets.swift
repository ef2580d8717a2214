import Base

/// Displays that have a ticket in a cookie.
extension Authenticator {
    /// The name of the cookie with a display's ticket.
    static func ticketCookie(isSecure: Bool) -> String { isSecure ? "__Host-wall" : "wall" }

    /// How long a ticket is still valid, in seconds; nil if it opens nothing.
    ///
    /// - Throws: ``Problem`` after too many rejected tickets from this address.
    func seconds(ofTicket ticket: String, from address: String) throws(Problem) -> Int? {
        if let wait = limit.wait(address: address, user: address, at: clock()) { throw Self.tooMany(wait) }
        guard identity(ofTicket: ticket) != nil, let expiry = expiry(ofToken: ticket) else {
            // Counted for the address alone, so that a display with an old link does not lock out others.
            limit.failed(address: address, user: address, at: clock())
            return nil
        }
        return Int(min(max((expiry - clock()).wholeSeconds, 0), 1 << 32))
    }

    /// The display that makes the request; nil if it has no valid ticket, or wants something other than the wall.
    func display(_ request: Request) -> Identity? {
        guard Self.pathsOfDisplays.contains(request.path),
            let ticket = request.cookie(Self.ticketCookie(isSecure: request.isSecure))
        else { return nil }
        return identity(ofTicket: ticket)
    }

    /// A ticket is a token for the wall alone: anyone in front of a display can read its cookie.
    private func identity(ofTicket ticket: String) -> Identity? {
        guard let identity = identity(ofToken: ticket), identity.role == .wall,
            identity.proof == .token(scopes: [.wall])
        else { return nil }
        return identity
    }

    private static let pathsOfDisplays: Set<String> = ["/wall", "/events/wall"]
}
