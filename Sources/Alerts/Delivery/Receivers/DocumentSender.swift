public import Base

/// Something finished that is sent, such as the reports of a week: as a mail with attachments, or as JSON.
public struct Document: Sendable {
    /// Unique to each document.
    public var id: String
    /// When it was made.
    public var date: Moment
    /// The subject of a mail.
    public var subject: String
    /// The text of a mail, for readers that do not show HTML.
    public var text: String
    /// The text of a mail as HTML.
    public var html: String
    /// The files that come with a mail.
    public var attachments: [MailAttachment]
    /// The body for a webhook.
    public var json: JSON
    /// The name of its kind for a webhook, such as `reports`.
    public var event: String

    /// A document.
    public init(
        id: String,
        date: Moment,
        subject: String,
        text: String,
        html: String,
        attachments: [MailAttachment],
        json: JSON,
        event: String
    ) {
        (self.id, self.date, self.subject, self.text, self.html) = (id, date, subject, text, html)
        (self.attachments, self.json, self.event) = (attachments, json, event)
    }
}

/// Sends documents to one receiver, without the spool: the caller learns at once what came of it.
public struct DocumentSender: Sendable {
    enum Way: Sendable {
        case mail(MailReceiver)
        case webhook(WebhookKind, HTTPClient)
    }

    private let way: Way

    init(_ way: Way) { self.way = way }

    /// Sends a document, in one attempt.
    public func send(_ document: Document) async -> DeliveryOutcome {
        switch way {
        case .mail(let receiver):
            var mail = MailMessage(
                from: receiver.mail.from,
                to: receiver.mail.to,
                subject: document.subject,
                text: document.text,
                html: document.html,
                id: document.id,
                date: document.date
            )
            mail.attachments = document.attachments
            return await receiver.send(mail)
        case .webhook(let kind, let client):
            let request = kind.request(document.json.line, id: document.id, event: document.event)
            do throws(TransportFailure) {
                return HTTPReceiver.outcome(of: try await client.send(request), request, now: .now)
            } catch {
                return .retry(reason: error.reason)
            }
        }
    }
}
