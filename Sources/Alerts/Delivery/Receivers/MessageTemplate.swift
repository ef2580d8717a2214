import Base

/// The body of a request to any other service: a text with `{{names}}`, which are replaced by parts of the message.
public struct MessageTemplate: Sendable, Equatable {
    /// The names, with their meaning.
    public static let names: [(name: String, meaning: String)] = [
        ("title", "one line with the state and the first summary"), ("text", "the whole text"),
        ("summary", "the first alert's summary"), ("status", "`firing` or `resolved`"),
        ("severity", "`info`, `warning` or `critical`"), ("rule", "the first alert's rule"), ("link", "its page"),
        ("started", "when it began, in UTC"), ("ended", "when it was over, in UTC; empty while it fires"),
        ("group", "what the alerts have in common"), ("id", "the message's id"), ("receiver", "the receiver's name"),
        ("reason", "`firing`, `resolved`, `reminder`, `alive`, `test`, `call` or `digest`"),
        ("event", "the event of a call, such as `call.missed`; else empty"),
        ("json", "the body of type `webhook`, not in quotes"),
    ]

    private enum Part: Sendable, Equatable {
        case text(String)
        case name(String)
    }

    private let parts: [Part]
    /// Whether values are written as in a JSON string.
    let isJSON: Bool

    /// Reads a template.
    ///
    /// - Parameter isJSON: whether values are escaped for a JSON string; otherwise they are percent-encoded, as in a form.
    /// - Throws: ``DeliveryError`` with code `configuration` for an unknown name.
    public init(_ text: String, isJSON: Bool) throws(DeliveryError) {
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstRange(of: "{{") {
            parts.append(.text(String(rest[..<open.lowerBound])))
            guard let close = rest[open.upperBound...].firstRange(of: "}}") else {
                throw DeliveryError(.configuration, "A {{ in the template is not closed by }}.")
            }
            let name = String(rest[open.upperBound..<close.lowerBound].trimmedBlanks)
            guard Self.names.contains(where: { $0.name == name }) || name.hasPrefix("labels.") else {
                let known = Self.names.map(\.name).joined(separator: ", ")
                throw DeliveryError(
                    .configuration,
                    "Unknown name {{\(name)}} in the template. Known: \(known), and labels. followed by a label."
                )
            }
            parts.append(.name(name))
            rest = rest[close.upperBound...]
        }
        parts.append(.text(String(rest)))
        (self.parts, self.isJSON) = (parts, isJSON)
    }

    func filled(with message: AlertMessage, _ context: MessageContext) -> String {
        let values = Self.values(message, context)
        return parts.map { part in
            switch part {
            case .text(let text): text
            case .name("json"): message.call?.json ?? AlertmanagerFormat.webhook(message, context).line
            case .name(let name): isJSON ? Self.inJSON(values[name] ?? "") : Self.inForm(values[name] ?? "")
            }
        }
        .joined()
    }

    private static func values(_ message: AlertMessage, _ context: MessageContext) -> [String: String] {
        let text = MessageText(message, context)
        let first = text.alerts.first
        var values = [
            "title": text.title, "text": text.body, "status": text.isResolved ? "resolved" : "firing",
            "summary": first.map { MessageText.line($0.text.summary) } ?? "", "severity": text.severity.rawValue,
            "rule": first?.identity.rule ?? "", "link": first.flatMap(context.link) ?? "",
            "started": first?.startedAt.iso8601 ?? "", "ended": first?.endedAt?.iso8601 ?? "",
            "event": message.call?.event ?? "", "group": message.group, "id": message.id, "receiver": message.receiver,
            "reason": message.reason.rawValue,
        ]
        for (name, value) in first?.identity.labels ?? [:] { values["labels." + name] = value }
        return values
    }

    /// As between the quotes of a JSON string.
    private static func inJSON(_ text: String) -> String { String(JSON.string(text).line.dropFirst().dropLast()) }

    private static func inForm(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        .joined()
    }
}

/// Any other service that takes a request with a body of a certain form.
struct TemplateKind: HTTPReceiverKind {
    let url: EndpointURL
    let template: MessageTemplate
    let contentType: String
    var token: String?

    func requests(_ message: OutgoingMessage, _ context: MessageContext, now: Moment) -> [HTTPRequest] {
        var request = HTTPRequest(
            url: url,
            headers: [(name: "Content-Type", value: contentType)],
            body: Array(template.filled(with: message.message, context).utf8)
        )
        if let token { request.headers.append(("Authorization", "Bearer \(token)")) }
        request.secrets = [token, url.secretTarget].compactMap { $0 }
        return [request]
    }
}
