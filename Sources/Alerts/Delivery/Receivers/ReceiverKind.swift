/// What kind of receiver it is, with what the kind needs.
public enum ReceiverKind: Sendable, Equatable {
    /// A URL that takes what Alertmanager's webhooks send. The body is signed with the secret; the token is a bearer's.
    case webhook(url: String, secret: String? = nil, token: String? = nil)
    /// The address of an Alertmanager, without the path of its API.
    case alertmanager(url: String, token: String? = nil)
}

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
        let tls = try ClientTLS(caFile: caFile)
        func endpoint(_ text: String) throws(DeliveryError) -> EndpointURL {
            if let url = EndpointURL(text) { return url }
            // The URL may be a secret.
            throw DeliveryError(
                .configuration,
                "The URL of the receiver \(options.name) is not a complete http:// or https:// URL."
            )
        }
        func http(_ kind: any HTTPReceiverKind) -> any AlertReceiver {
            HTTPReceiver(options, kind, context: context, tls: tls)
        }
        switch kind {
        case .webhook(let url, let secret, let token):
            return http(WebhookKind(url: try endpoint(url), secret: secret, token: token))
        case .alertmanager(let url, let token):
            return http(AlertmanagerKind(url: try endpoint(url), token: token))
        }
    }
}
