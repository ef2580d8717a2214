import Reporting
import Synchronization

/// Secrets in forms, one for each user: a page of another site does not know them, so it cannot submit a form in a
/// user's name, whatever a browser says about the origin of a request.
final class FormTokens: Sendable {
    /// The form field that contains the secret.
    static let field = "form_token"
    /// The most users; beyond that, all open forms become invalid.
    private static let most = 10_000

    private let tokens = Mutex<[String: String]>([:])

    /// The secret of a user, 128 random bits, the same until the server ends.
    func token(for identity: Identity) -> String {
        let key = Self.key(identity)
        return tokens.withLock { tokens in
            if let known = tokens[key] { return known }
            if tokens.count >= Self.most { tokens.removeAll() }
            let new = RandomText.make(bytes: 16)
            tokens[key] = new
            return new
        }
    }

    /// The hidden form field for a user.
    func field(for identity: Identity?) -> Markup {
        guard let identity else { return "" }
        return "<input type=\"hidden\" name=\"\(Self.field)\" value=\"\(token(for: identity))\">"
    }

    /// Whether a request that may change something comes from a form of this server or from a program: no browser sends
    /// tokens on its own, and no form sends JSON.
    func isOwn(_ request: Request, _ identity: Identity) -> Bool {
        if case .token = identity.proof { return true }
        if request.hasJSON { return true }
        guard let sent = request.form[Self.field] else { return false }
        return ConstantTime.areEqual(Array(sent.utf8), Array(token(for: identity).utf8))
    }

    private static func key(_ identity: Identity) -> String {
        switch identity.proof {
        case .none: "none"
        case .session: "session \(identity.name)"
        case .proxy: "proxy \(identity.name)"
        case .token: "token \(identity.name)"
        }
    }
}
