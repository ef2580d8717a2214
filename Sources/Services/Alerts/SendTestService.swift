import Alerts
public import Base
public import Configuration

/// Sends a message to receivers of alerts, to see whether they get it.
public struct SendTestService: Sendable {
    private let settings: Settings

    /// A service on one snapshot of the settings.
    public init(_ settings: Settings) { self.settings = settings }

    /// Makes one attempt for each receiver, at the same time for all. The spool is not used.
    ///
    /// - Parameter name: the receiver; nil for all.
    /// - Throws: `ConfigurationError`, or ``ServiceError`` for an unknown receiver or one that is not configured
    ///   completely.
    public func send(to name: String?, now: Moment = Moment.now) async throws -> SendTestResult {
        let all = try AlertReceivers(settings).all
        let receivers = all.filter { name == nil || $0.name == name }
        guard !receivers.isEmpty else {
            let names = all.map(\.name).joined(separator: ", ")
            throw ServiceError(
                name == nil || all.isEmpty ? .configuration : .usage,
                all.isEmpty
                    ? "No receivers are configured. Add one as [alerts.receivers.NAME]."
                    : "Unknown receiver \(name ?? ""). Configured: \(names)."
            )
        }
        let results = await withTaskGroup(of: SendTestResult.Receiver.self) { group in
            for receiver in receivers { group.addTask { await Self.attempt(receiver, now) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        return SendTestResult(receivers: results.sorted { $0.name < $1.name })
    }

    private static func attempt(_ receiver: any AlertReceiver, _ now: Moment) async -> SendTestResult.Receiver {
        let begin = ContinuousClock.now
        let message = AlertMessage(
            id: "test-\(receiver.name)-\(now.microseconds)",
            receiver: receiver.name,
            reason: .test,
            group: "test",
            alerts: [],
            createdAt: now
        )
        let outcome = await receiver.attempt(OutgoingMessage(message))
        let seconds = (ContinuousClock.now - begin).inSeconds
        let note: String? = if case .delivered(let note) = outcome { note } else { outcome.reason }
        var isLater = false
        if case .retry = outcome { isLater = true }
        return .init(
            name: receiver.name,
            isDelivered: outcome.reason == nil,
            mayPass: isLater,
            message: note.map { "\($0)." },
            seconds: seconds
        )
    }
}

/// Which receivers got a test message.
public struct SendTestResult: ServiceResult {
    /// What came of the attempt for one receiver.
    public struct Receiver: Sendable {
        /// The name in the configuration.
        public let name: String
        /// Whether it has the message.
        public let isDelivered: Bool
        /// Whether a failure may pass: a real message would be tried again.
        public let mayPass: Bool
        /// Why not, or what was unusual; nil if there is nothing to say.
        public let message: String?
        /// How long it took.
        public let seconds: Double
    }

    /// In the order of their names.
    public let receivers: [Receiver]

    /// The members `schema_version` and `receivers`, each `{receiver, delivered, message, seconds}`.
    public var json: JSON {
        [
            "schema_version": 1,
            "receivers": .array(
                receivers.map { receiver in
                    [
                        "receiver": .string(receiver.name), "delivered": .boolean(receiver.isDelivered),
                        "message": receiver.message.map(JSON.string) ?? .null,
                        "seconds": .number((receiver.seconds * 1000).rounded() / 1000),
                    ]
                }
            ),
        ]
    }

    /// The category of the failure, if a receiver did not get the message; nil if all got it.
    public var failure: ErrorCategory? {
        let failed = receivers.filter { !$0.isDelivered }
        if failed.isEmpty { return nil }
        return failed.allSatisfy(\.mayPass) ? .unavailable : .refused
    }
}
