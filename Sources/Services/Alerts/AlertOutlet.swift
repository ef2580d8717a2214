import Alerts
import Base
public import Configuration
public import Logging
import Synchronization

/// Where messages about alerts go, and what has to run so that they arrive.
public struct AlertOutlet: Sendable {
    let sink: any AlertSink
    private let delivery: LazyDelivery?

    /// The outlet of a configuration.
    ///
    /// - Throws: `ConfigurationError` or ``ServiceError`` for a receiver that cannot be used.
    public init(_ settings: Settings, logger: Logger, report: @escaping ServiceNotice.Report) throws {
        if let fault = try settings.receiverFaults().first { throw fault }
        let receivers = try AlertReceivers(settings).all + AlertReceivers.ofCalls(settings)
        guard !receivers.isEmpty else {
            (sink, delivery) = (NoReceivers(), nil)
            return
        }
        let delivery = LazyDelivery(
            folder: settings.warehouse.dataDirectory,
            receivers: receivers,
            logger: logger,
            report: report
        )
        (sink, self.delivery) = (delivery, delivery)
    }

    /// Delivers until the task is cancelled.
    public func run() async { await delivery?.run() }

    /// How the delivery to every receiver is going; empty while another program delivers.
    public var status: [DeliveryStatus] { known ?? [] }

    /// The same; nil while another program delivers, or the spool cannot be used.
    var known: [DeliveryStatus]? {
        guard let delivery else { return [] }
        return delivery.status.map { $0.map(DeliveryStatus.init) }
    }
}

/// Takes messages where no receivers are configured.
struct NoReceivers: AlertSink {
    func accept(_ message: AlertMessage) async throws {}
}

/// Opens the spool when it is first needed, because another program may have it: `serve` beside `alerts run`.
final class LazyDelivery: AlertSink {
    private let folder: String
    private let receivers: [any AlertReceiver]
    private let logger: Logger
    private let report: ServiceNotice.Report
    private let opened = Mutex<AlertDelivery?>(nil)

    init(
        folder: String,
        receivers: [any AlertReceiver],
        logger: Logger,
        report: @escaping ServiceNotice.Report
    ) {
        (self.folder, self.receivers, self.logger, self.report) = (folder, receivers, logger, report)
    }

    /// How the delivery is going; nil while another program has the spool.
    var status: [ReceiverStatus]? { opened.withLock { $0 }?.status }

    func accept(_ message: AlertMessage) async throws { try await delivery().accept(message) }

    /// Delivers until the task is cancelled. Without the spool, it tries to open it once a minute.
    func run() async {
        var told = ""
        while !Task.isCancelled {
            do throws(DeliveryError) {
                let delivery = try delivery()
                await delivery.run()
            } catch {
                let text = "\(error)"
                if error.code != .locked, text != told { report(ServiceNotice(.warning, "Alerts: \(text)")) }
                told = text
                try? await Task.sleep(for: .seconds(60))
            }
        }
    }

    private func delivery() throws(DeliveryError) -> AlertDelivery {
        let result = opened.withLock { opened -> Result<AlertDelivery, DeliveryError> in
            if let opened { return .success(opened) }
            do throws(DeliveryError) {
                let delivery = AlertDelivery(spool: try Spool(folder: folder), receivers: receivers, logger: logger)
                opened = delivery
                return .success(delivery)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
