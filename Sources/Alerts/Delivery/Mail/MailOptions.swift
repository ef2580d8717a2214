import Base

/// Who gets a mail, and from whom.
public struct MailOptions: Sendable, Equatable {
    /// The sender.
    public var from: MailAddress
    /// The recipients; at least one.
    public var to: [MailAddress]

    /// Sender and recipients.
    public init(from: MailAddress, to: [MailAddress]) { (self.from, self.to) = (from, to) }
}

extension MailMessage {
    /// The mail of a message. It replies to the first mail about the same alerts.
    init(_ outgoing: OutgoingMessage, _ options: MailOptions, _ context: MessageContext) {
        let text = MessageText(outgoing.message, context)
        self.init(
            from: options.from,
            to: options.to,
            subject: text.title,
            text: text.body + "\n",
            html: Self.html(text, context),
            id: outgoing.message.id,
            date: outgoing.message.createdAt
        )
        repliesTo = outgoing.root
    }

    /// HTML without styles, images or scripts: every reader shows it.
    private static func html(_ text: MessageText, _ context: MessageContext) -> String {
        let alerts = text.alerts.map { alert in
            let lines = text.lines(alert).map(escaped)
            let first = "<p><strong>\(lines.first ?? "")</strong></p>"
            let rest = lines.dropFirst().joined(separator: "<br>\n")
            let link =
                context.link(to: alert).map {
                    "\n<p><a href=\"\(escaped($0))\">\(escaped(localized("Show it")))</a></p>"
                } ?? ""
            return first + (rest.isEmpty ? "" : "\n<p>\(rest)</p>") + link
        }
        return """
            <!DOCTYPE html>
            <html lang="\(Language.current.code)"><head><meta charset="utf-8"><title>\(escaped(text.title))</title></head><body>
            \(alerts.joined(separator: "\n<hr>\n"))
            </body></html>

            """
    }

    /// A text for HTML, in an element or in quotes.
    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
