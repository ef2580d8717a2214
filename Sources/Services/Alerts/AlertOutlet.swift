import Alerts
public import Configuration
public import Logging

/// Where messages about alerts go, and what has to run so that they arrive.
public struct AlertOutlet: Sendable {
    let sink: any AlertSink
    private let body: @Sendable () async -> Void

    /// The outlet of a configuration.
    public init(_ settings: Settings, logger: Logger, report: @escaping ServiceNotice.Report) throws {
        sink = NoReceivers()
        body = {}
    }

    /// Delivers until the task is cancelled.
    public func run() async { await body() }
}

/// Takes messages where no receivers are configured.
struct NoReceivers: AlertSink {
    func accept(_ message: AlertMessage) async throws {}
}
