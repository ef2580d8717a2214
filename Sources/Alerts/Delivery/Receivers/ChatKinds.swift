import Base

/// An incoming webhook of Slack or Mattermost, which understand the same attachments.
///
/// Source: https://api.slack.com/messaging/webhooks, https://developers.mattermost.com/integrate/webhooks/incoming/
struct SlackKind: HTTPReceiverKind {
    let url: EndpointURL

    func requests(_ message: OutgoingMessage, _ context: MessageContext, now: Moment) -> [HTTPRequest] {
        let text = MessageText(message.message, context)
        let attachments = text.alerts.prefix(20).map { alert -> JSON in
            var members: [(String, JSON)] = [
                ("color", .string(Self.colour(alert))),
                ("fallback", .string(MessageText.line(alert.text.summary))),
                ("text", .string(Self.escaped(String(text.lines(alert).joined(separator: "\n").prefix(3000))))),
            ]
            if let link = context.link(to: alert) {
                members += [("title", .string(localized("Show it"))), ("title_link", .string(link))]
            }
            return .object(members)
        }
        let body: JSON = ["text": .string(Self.escaped(text.title)), "attachments": .array(attachments)]
        var request = HTTPRequest.json(url, body.line)
        request.secrets = [url.secretTarget].compactMap { $0 }
        return [request]
    }

    /// Slack answers `ok`; an error may come with status 200 as well, as JSON.
    func outcome(of answer: HTTPAnswer, now: Moment) -> DeliveryOutcome? {
        guard answer.status == 200, case .object(let members)? = JSON(parsing: answer.text),
            let ok = members.first(where: { $0.0 == "ok" })?.1, ok == .boolean(false)
        else { return nil }
        let error = members.first { $0.0 == "error" }?.1
        return .rejected(reason: "\(url.place) answered \(error?.line ?? "that it failed")")
    }

    /// These three characters begin links and mentions.
    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    private static func colour(_ alert: Alert) -> String {
        if alert.status == .resolved { return "#2eb67d" }
        switch alert.severity {
        case .critical: return "#e01e5a"
        case .warning: return "#ecb22e"
        case .info: return "#36c5f0"
        }
    }
}

/// A chat of Telegram, by its Bot API.
///
/// Source: https://core.telegram.org/bots/api#sendmessage
struct TelegramKind: HTTPReceiverKind {
    /// The server, `https://api.telegram.org` or one's own.
    let server: EndpointURL
    let token: String
    /// A number, or the name of a channel with its `@`.
    let chat: String

    /// Telegram counts after the entities are parsed; UTF-16 units never are fewer than its characters.
    static let limit = 4096

    func requests(_ message: OutgoingMessage, _ context: MessageContext, now: Moment) -> [HTTPRequest] {
        let text = MessageText(message.message, context)
        let body: JSON = [
            "chat_id": .string(chat),
            "text": .string(Self.html(title: text.title, body: text.body)),
            "parse_mode": "HTML",
            "disable_web_page_preview": true,
        ]
        var request = HTTPRequest.json(server.appending(path: "/bot\(token)/sendMessage"), body.line)
        request.secrets = [token]
        return [request]
    }

    /// A 429 says in its body how long to wait.
    func outcome(of answer: HTTPAnswer, now: Moment) -> DeliveryOutcome? {
        guard answer.status == 429, case .object(let members)? = JSON(parsing: answer.text),
            case .object(let parameters)? = members.first(where: { $0.0 == "parameters" })?.1,
            case .integer(let seconds)? = parameters.first(where: { $0.0 == "retry_after" })?.1
        else { return nil }
        return .retry(
            reason: "\(server.place) answered 429",
            after: .seconds(min(max(seconds, 0), 86_400))
        )
    }

    /// Title and body, cut to the limit before they are escaped, so that no entity is cut.
    static func html(title: String, body: String) -> String {
        let title = cut(title, to: 1000)
        let body = cut(body, to: limit - 1 - title.utf16.count)
        return "<b>\(MailMessage.escaped(title))</b>\n\(MailMessage.escaped(body))"
    }

    private static func cut(_ text: String, to limit: Int) -> String {
        guard text.utf16.count > limit else { return text }
        var kept = ""
        var count = 0
        for character in text {
            count += String(character).utf16.count
            // Room for the mark.
            guard count < limit else { break }
            kept.append(character)
        }
        return kept + "…"
    }
}

/// A topic of ntfy. Who knows the topic's name can read it, so it is treated as a secret.
///
/// Source: https://docs.ntfy.sh/publish/#publish-as-json
struct NtfyKind: HTTPReceiverKind {
    /// The server's root.
    let url: EndpointURL
    let topic: String
    var token: String?

    func requests(_ message: OutgoingMessage, _ context: MessageContext, now: Moment) -> [HTTPRequest] {
        let text = MessageText(message.message, context)
        var members: [(String, JSON)] = [
            ("topic", .string(topic)),
            ("title", .string(String(text.title.prefix(250)))),
            // ntfy makes an attachment of a message with more than 4,096 bytes.
            ("message", .string(Self.cut(text.body, bytes: 4000))),
            ("priority", .integer(Self.priority(text))),
            ("tags", .array([.string(text.isResolved ? "white_check_mark" : Self.tag(text.severity))])),
        ]
        if let link = text.alerts.first.flatMap(context.link) { members.append(("click", .string(link))) }
        var request = HTTPRequest.json(url, JSON.object(members).line)
        if let token { request.headers.append(("Authorization", "Bearer \(token)")) }
        request.secrets = [topic, token].compactMap { $0 }
        return [request]
    }

    /// 5 rings on despite silent mode, 3 is the default, 2 makes no sound.
    private static func priority(_ text: MessageText) -> Int {
        if text.isResolved { return 3 }
        switch text.severity {
        case .critical: return 5
        case .warning: return 4
        case .info: return 2
        }
    }

    private static func tag(_ severity: AlertSeverity) -> String {
        switch severity {
        case .critical: "rotating_light"
        case .warning: "warning"
        case .info: "information_source"
        }
    }

    private static func cut(_ text: String, bytes limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        var kept = ""
        for character in text {
            guard kept.utf8.count + character.utf8.count <= limit - 3 else { break }
            kept.append(character)
        }
        return kept + "…"
    }
}
