import Alerts
import Base
public import Configuration
import Reporting

/// Makes the reports of `[reports.delivery.NAME]` and delivers them at once. The spool of alerts is not used: it belongs to
/// the program that delivers alerts, and a command should end with a status that says whether the reports arrived.
public struct ReportDeliveryService: Sendable {
    private let settings: Settings

    /// A service on one snapshot of the settings.
    public init(_ settings: Settings) { self.settings = settings }

    /// Makes the reports and tries each target once. The failure of one target does not affect the others.
    ///
    /// - Parameters:
    ///   - name: The delivery.
    ///   - onlyMissing: Leaves out targets that have got the reports of this time already.
    /// - Throws: ``ServiceError`` for an unknown name; `ConfigurationError` or ``ServiceError`` for a delivery that is not
    ///   configured completely; the errors of `ReportService.run`.
    public func deliver(_ name: String, onlyMissing: Bool = false) async throws -> ReportDeliveryResult {
        guard let delivery = settings.reportDeliveries.first(where: { $0.name == name }) else {
            let names = settings.reportDeliveries.map(\.name).joined(separator: ", ")
            throw ServiceError(
                names.isEmpty ? .configuration : .usage,
                names.isEmpty
                    ? "No deliveries of reports are configured. Add one as [reports.delivery.NAME]."
                    : "Unknown delivery \(name). Configured: \(names)."
            )
        }
        if let fault = try settings.reportDeliveryFaults().first { throw fault }
        try Self.check(delivery, try ReportCatalogue(directory: settings.reports.directory))
        let senders = try senders(delivery)
        let group = try Self.group(delivery)
        let earlier = onlyMissing ? try ReportDeliveryRecord.read(name, settings) : nil
        let reports = try await reports(delivery)
        let parcel = try Language.$current.withValue(delivery.language ?? settings.language) {
            try ReportParcel(delivery, reports, now: .now)
        }
        var record = ReportDeliveryRecord(window: parcel.window, after: earlier)
        var targets: [ReportDeliveryResult.Target] = []
        if let folder = delivery.folder, !record.targets.contains(folder) {
            targets.append(parcel.write(to: folder, group: group, permissions: delivery.mode.permissions))
        }
        for (name, sender) in senders where !record.targets.contains(name) {
            targets.append(.init(name, await sender.send(parcel.document)))
        }
        record.add(targets)
        return ReportDeliveryResult(
            name: name,
            targets: targets,
            failures: reports.flatMap(\.reports.failures),
            warnings: (reports.first?.reports.warnings ?? []) + keep(record, name)
        )
    }

    /// The reports of each queue, or of all queues together.
    private func reports(_ delivery: ReportDeliverySettings) async throws -> [ReportParcel.Part] {
        let service = ReportService(settings)
        guard !delivery.queues.isEmpty else {
            return [.init(queue: nil, reports: try await service.run(Self.request(delivery, nil), withCharts: true))]
        }
        var parts: [ReportParcel.Part] = []
        for queue in delivery.queues {
            let reports = try await service.run(Self.request(delivery, queue), withCharts: true)
            parts.append(.init(queue: queue, reports: reports))
        }
        return parts
    }

    /// Remembers who got the reports.
    ///
    /// - Returns: A warning if that failed: the reports have been delivered nevertheless.
    private func keep(_ record: ReportDeliveryRecord, _ name: String) -> [String] {
        do { try record.write(name, settings) } catch {
            return ["It could not be remembered who got the reports of \(name). \(error)"]
        }
        return []
    }

    /// Checks what only the reports themselves show: that they exist, and that reports for one queue do not show others.
    ///
    /// - Throws: `ReportError`; ``ServiceError`` with category `configuration`.
    static func check(_ settings: Settings) throws {
        guard !settings.reportDeliveries.isEmpty else { return }
        let catalogue = try ReportCatalogue(directory: settings.reports.directory)
        for delivery in settings.reportDeliveries {
            try check(delivery, catalogue)
            _ = try group(delivery)
        }
    }

    private static func check(_ delivery: ReportDeliverySettings, _ catalogue: ReportCatalogue) throws {
        for name in delivery.reports {
            guard let definition = catalogue.definitions.first(where: { $0.name == name }) else {
                // A broken file is reported when it is run, beside the others.
                guard !catalogue.broken.contains(where: { $0.name == name }) else { continue }
                throw ServiceError(
                    .configuration,
                    "reports.delivery.\(delivery.name).reports names the unknown report \(name). `crm-voip report --list` "
                        + "lists the reports."
                )
            }
            guard !delivery.queues.isEmpty, !definition.isWithinQueue else { continue }
            throw ServiceError(
                .configuration,
                "reports.delivery.\(delivery.name) is for some queues only, but the report \(name) also shows other queues. "
                    + "Remove the report or the key queue."
            )
        }
    }

    private static func group(_ delivery: ReportDeliverySettings) throws -> UInt32? {
        guard let name = delivery.group else { return nil }
        if let number = FileGroup.number(named: name) { return number }
        throw ServiceError(
            .configuration,
            "reports.delivery.\(delivery.name).group names \(name), which is not a group of this machine."
        )
    }

    private func senders(_ delivery: ReportDeliverySettings) throws -> [(String, DocumentSender)] {
        if let fault = try settings.receiverFaults().first { throw fault }
        let receivers = try settings.receivers()
        return try delivery.receivers.compactMap { name in
            guard let receiver = receivers.first(where: { $0.name == name }) else { return nil }
            return (name, try AlertReceivers.documentSender(receiver, settings))
        }
    }

    private static func request(_ delivery: ReportDeliverySettings, _ queue: String?) -> ReportsRequest {
        var request = ReportsRequest(names: delivery.reports)
        request.window =
            switch delivery.window {
            case .lastWeek: .lastWeek
            case .yesterday: .yesterday
            case .lastMonth: .month(-1)
            }
        request.queue = queue
        request.totals = true
        return request
    }
}
