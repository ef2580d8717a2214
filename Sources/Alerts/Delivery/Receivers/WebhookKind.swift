import Base

/// A webhook with the body of Alertmanager's, or for a call the event's, signed if there is a secret.
struct WebhookKind: HTTPReceiverKind {
    let url: EndpointURL
    /// The key of the signature.
    var secret: String?
    /// Sent as `Authorization: Bearer`.
    var token: String?

    /// The hexadecimal HMAC-SHA256 of the body, after `sha256=`.
    static let signatureField = "X-CRM-VoIP-Signature"
    /// The id of the message, the same at every attempt.
    static let idField = "X-CRM-VoIP-Id"
    /// The event of a call, such as `call.ringing`.
    static let eventField = "X-CRM-VoIP-Event"

    func requests(_ message: OutgoingMessage, _ context: MessageContext, now: Moment) -> [HTTPRequest] {
        let body = message.message.call?.json ?? AlertmanagerFormat.webhook(message.message, context).line
        return [request(body, id: message.message.id, event: message.message.call?.event)]
    }

    /// The request with a body, signed if there is a secret.
    func request(_ body: String, id: String, event: String?) -> HTTPRequest {
        var request = HTTPRequest.json(url, body)
        request.headers.append((Self.idField, id))
        if let event { request.headers.append((Self.eventField, event)) }
        if let secret, let code = HMAC.sha256(request.body, key: Array(secret.utf8)) {
            request.headers.append((Self.signatureField, "sha256=" + code))
        }
        if let token { request.headers.append(("Authorization", "Bearer \(token)")) }
        request.secrets = [secret, token, url.secretTarget].compactMap { $0 }
        return request
    }
}

/// Alertmanager itself, by its API. It is told again each minute what fires, and takes it for resolved if it hears
/// nothing for five.
struct AlertmanagerKind: HTTPReceiverKind {
    /// The address without `/api/v2/alerts`.
    let url: EndpointURL
    var token: String?

    static let silence: Duration = .seconds(300)

    var refreshInterval: Duration? { .seconds(60) }

    func requests(_ message: OutgoingMessage, _ context: MessageContext, now: Moment) -> [HTTPRequest] {
        // A sign of life lasts until the next one.
        let until = now + (message.message.reason == .alive ? .seconds(90_000) : Self.silence)
        let body = AlertmanagerFormat.api(message.message, context, firingUntil: until)
        var request = HTTPRequest.json(url.appending(path: "/api/v2/alerts"), body.line)
        if let token { request.headers.append(("Authorization", "Bearer \(token)")) }
        request.secrets = [token].compactMap { $0 }
        return [request]
    }
}

extension EndpointURL {
    /// Path and query, if they are more than a slash: they may be a secret.
    var secretTarget: String? { target.count > 1 ? target : nil }
}
