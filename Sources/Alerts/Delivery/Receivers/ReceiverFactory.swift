/// Makes receivers.
public struct ReceiverFactory: Sendable {
    private let context: MessageContext

    /// A factory for messages with this context.
    public init(context: MessageContext) { self.context = context }

    /// A receiver.
    ///
    /// - Parameter caFile: a PEM file of authorities to trust instead of the system's.
    /// - Throws: ``DeliveryError`` with code `configuration`; it names the receiver.
    public func receiver(
        _ options: ReceiverOptions,
        _ kind: ReceiverKind,
        caFile: String? = nil
    ) throws(DeliveryError) -> any AlertReceiver {
        switch kind {
        case .email, .sendmail: return try mail(options, kind, caFile)
        case .command(let arguments): return ProgramReceiver(options: options, arguments: arguments, context: context)
        default:
            let tls = try ClientTLS(caFile: caFile)
            return HTTPReceiver(options, try http(kind, options.name), context: context, tls: tls)
        }
    }

    /// What sends documents to a receiver of this kind.
    ///
    /// - Throws: ``DeliveryError`` with code `configuration` for a kind that is not sent documents; it names the receiver.
    public func documentSender(
        _ options: ReceiverOptions,
        _ kind: ReceiverKind,
        caFile: String? = nil
    ) throws(DeliveryError) -> DocumentSender {
        switch kind {
        case .email, .sendmail: return DocumentSender(.mail(try mail(options, kind, caFile)))
        case .webhook(let url, let secret, let token):
            let hook = WebhookKind(url: try Self.endpoint(url, options.name), secret: secret, token: token)
            return DocumentSender(
                .webhook(hook, HTTPClient(tls: try ClientTLS(caFile: caFile), timeout: options.timeout))
            )
        default: throw DeliveryError(.configuration, "The receiver \(options.name) is not sent reports.")
        }
    }

    /// - Throws: ``DeliveryError`` also for a kind that is not sent mails.
    private func mail(
        _ options: ReceiverOptions,
        _ kind: ReceiverKind,
        _ caFile: String?
    ) throws(DeliveryError) -> MailReceiver {
        switch kind {
        case .sendmail(let mail, let path):
            return MailReceiver(options: options, mail: mail, way: .program(path), context: context)
        case .email(let mail, let server):
            let client = SMTPClient(server, tls: try ClientTLS(caFile: caFile), timeout: options.timeout)
            return MailReceiver(options: options, mail: mail, way: .server(client), context: context)
        default: throw DeliveryError(.configuration, "The receiver \(options.name) is not sent mails.")
        }
    }

    private func http(_ kind: ReceiverKind, _ name: String) throws(DeliveryError) -> any HTTPReceiverKind {
        func endpoint(_ text: String) throws(DeliveryError) -> EndpointURL { try Self.endpoint(text, name) }
        switch kind {
        case .webhook(let url, let secret, let token):
            return WebhookKind(url: try endpoint(url), secret: secret, token: token)
        case .alertmanager(let url, let token): return AlertmanagerKind(url: try endpoint(url), token: token)
        case .slack(let url): return SlackKind(url: try endpoint(url))
        case .telegram(let token, let chat, let server):
            let server = try endpoint(server ?? "https://api.telegram.org")
            return TelegramKind(server: server, token: token, chat: chat)
        case .ntfy(let url, let topic, let token): return NtfyKind(url: try endpoint(url), topic: topic, token: token)
        case .pagerduty(let key, let url):
            let url = try endpoint(url ?? "https://events.pagerduty.com/v2/enqueue")
            return PagerDutyKind(url: url, routingKey: key)
        case .template(let url, let body, let contentType, let token):
            let template = try MessageTemplate(body, isJSON: !contentType.contains("form-urlencoded"))
            return TemplateKind(url: try endpoint(url), template: template, contentType: contentType, token: token)
        case .email, .sendmail, .command:
            throw DeliveryError(.configuration, "The receiver \(name) is not reached by HTTP.")
        }
    }

    private static func endpoint(_ text: String, _ name: String) throws(DeliveryError) -> EndpointURL {
        if let url = EndpointURL(text) { return url }
        // The URL may be a secret.
        throw DeliveryError(
            .configuration,
            "The URL of the receiver \(name) is not a complete http:// or https:// URL."
        )
    }
}
