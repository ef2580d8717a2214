import Alerts
public import Base
public import Reporting

/// What came of one delivery of reports.
public struct ReportDeliveryResult: ServiceResult {
    /// A receiver, or the folder.
    public struct Target: Sendable {
        /// The receiver's name in the configuration, or the folder's path.
        public let name: String
        /// Why it did not get the reports, without a full stop; nil if it did.
        public let message: String?
        /// Whether a failure may pass by itself.
        public let mayPass: Bool
    }

    /// The name of the delivery.
    public let name: String
    /// The folder, then the receivers in the order of the configuration.
    public let targets: [Target]
    /// Reports that failed while others did not.
    public let failures: [ReportFailure]
    /// Messages about the user's own reports that are broken but are not delivered.
    public let warnings: [String]

    /// The category of the failure, if a target did not get the reports; nil if all did.
    public var failure: ErrorCategory? {
        let failed = targets.filter { $0.message != nil }
        if failed.isEmpty { return nil }
        return failed.allSatisfy(\.mayPass) ? .tryAgainLater : .unavailable
    }

    /// The members `schema_version`, `delivery` and `targets`, each `{target, delivered, message}`.
    public var json: JSON {
        [
            "schema_version": 1, "delivery": .string(name),
            "targets": .array(
                targets.map { target in
                    [
                        "target": .string(target.name), "delivered": .boolean(target.message == nil),
                        "message": target.message.map(JSON.string) ?? .null,
                    ]
                }
            ),
        ]
    }
}

extension ReportDeliveryResult.Target {
    init(_ name: String, _ outcome: DeliveryOutcome) {
        var mayPass = false
        if case .retry = outcome { mayPass = true }
        self.init(name: name, message: outcome.reason, mayPass: mayPass)
    }
}
