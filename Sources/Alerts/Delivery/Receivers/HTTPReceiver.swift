import Base

/// A receiver that is reached by HTTP. What it is sent and how its answer is understood is that of its kind.
struct HTTPReceiver: AlertReceiver {
    let name: String
    let timeout: Duration
    let fallback: String?
    let wantsSignOfLife: Bool
    let refreshInterval: Duration?

    let kind: any HTTPReceiverKind
    let context: MessageContext
    private let client: HTTPClient
    private let now: @Sendable () -> Moment

    init(
        _ options: ReceiverOptions,
        _ kind: any HTTPReceiverKind,
        context: MessageContext,
        tls: ClientTLS,
        now: @escaping @Sendable () -> Moment = { Moment.now }
    ) {
        name = options.name
        timeout = options.timeout
        fallback = options.fallback
        wantsSignOfLife = options.wantsSignOfLife
        refreshInterval = kind.refreshInterval
        self.kind = kind
        self.context = context
        client = HTTPClient(tls: tls, timeout: options.timeout)
        self.now = now
    }

    /// Sends the requests of a message one after the other; the first that does not succeed is the outcome.
    func deliver(_ message: OutgoingMessage) async -> DeliveryOutcome {
        for request in kind.requests(message, context, now: now()) {
            let answer: HTTPAnswer
            do throws(TransportFailure) {
                answer = try await client.send(request)
            } catch {
                return .retry(reason: error.reason)
            }
            let outcome = kind.outcome(of: answer, now: now()) ?? Self.outcome(of: answer, request, now: now())
            if outcome.reason != nil { return outcome }
        }
        return .delivered()
    }

    /// What a status means: 2xx is success; 5xx, 408, 425 and 429 may pass; everything else, redirects too, will not.
    static func outcome(of answer: HTTPAnswer, _ request: HTTPRequest, now: Moment) -> DeliveryOutcome {
        if 200..<300 ~= answer.status { return .delivered() }
        let reason = "\(request.url.place) answered \(answer.status)\(excerpt(of: answer, request))"
        switch answer.status {
        case 408, 425, 429, 500...:
            return .retry(reason: reason, after: RetryAfter.duration(answer.retryAfter, now: now))
        case 300..<400: return .rejected(reason: "\(reason), a redirect, which is not followed; correct the URL")
        default: return .rejected(reason: reason)
        }
    }

    /// The beginning of what a receiver says about a failure, without the secrets of the request.
    static func excerpt(of answer: HTTPAnswer, _ request: HTTPRequest) -> String {
        let text = MessageText.line(String(answer.text.prefix(4000)))
        let isSecretive = request.secrets.contains { !$0.isEmpty && text.contains($0) }
        guard !text.isEmpty, !isSecretive else { return "" }
        return ": " + (text.count > 200 ? text.prefix(200) + "…" : text)
    }
}

/// What one kind of receiver is sent over HTTP. Pure.
protocol HTTPReceiverKind: Sendable {
    /// The requests of a message, in order.
    func requests(_ message: OutgoingMessage, _ context: MessageContext, now: Moment) -> [HTTPRequest]
    /// What an answer means, if this kind understands more than its status; nil otherwise.
    func outcome(of answer: HTTPAnswer, now: Moment) -> DeliveryOutcome?
    /// How often what fires is repeated.
    var refreshInterval: Duration? { get }
}

extension HTTPReceiverKind {
    func outcome(of answer: HTTPAnswer, now: Moment) -> DeliveryOutcome? { nil }
    var refreshInterval: Duration? { nil }
}
