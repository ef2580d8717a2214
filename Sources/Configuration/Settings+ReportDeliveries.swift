extension Settings {
    /// The deliveries of reports, in the order of their names. A table without any key, as in the commented file, does
    /// not count.
    public var reportDeliveries: [ReportDeliverySettings] {
        names(in: ["reports", "delivery"]).filter { isSet(under: ["reports", "delivery", $0]) }.map { name in
            var delivery = read(
                ReportDeliverySettings.table,
                named: name,
                over: ReportDeliverySettings(name: name)
            )
            var seen: Set<String> = []
            delivery.queues.removeAll { $0.isEmpty || !seen.insert($0).inserted }
            if delivery.folder?.isEmpty == true { delivery.folder = nil }
            if delivery.group?.isEmpty == true { delivery.group = nil }
            return delivery
        }
    }

    /// Faults of the tables `reports.delivery`; each names its key.
    ///
    /// - Throws: ``ConfigurationError`` for an unusable file of a receiver's secret.
    public func reportDeliveryFaults() throws(ConfigurationError) -> [ConfigurationError] {
        let deliveries = reportDeliveries
        guard !deliveries.isEmpty else { return [] }
        let receivers = try receivers()
        var faults: [ConfigurationError] = []
        var folders: [String: String] = [:]
        for delivery in deliveries {
            let path = ["reports", "delivery", delivery.name]
            func fault(_ key: String, _ message: String) {
                let origin = values[path + [key]]?.origin ?? values.first { $0.key.starts(with: path) }?.value.origin
                let text = "\(DottedPath.written(path + [key])) \(message)"
                faults.append(ConfigurationError(.badValue, text, at: origin))
            }
            if delivery.reports.isEmpty { fault("reports", "is not set.") }
            if delivery.formats.isEmpty { fault("formats", "is empty. Name a format, or remove the key.") }
            let known = ReportDeliverySettings.knownFormats
            for format in delivery.formats where !known.contains(format) {
                fault("formats", "names \(format). Known: \(known.joined(separator: ", ")).")
            }
            if delivery.receivers.isEmpty, delivery.folder == nil {
                fault("receivers", "and folder are not set. Set one of them.")
            }
            for name in delivery.receivers {
                guard let receiver = receivers.first(where: { $0.name == name }) else {
                    fault("receivers", "names \(name), but [alerts.receivers.\(name)] does not exist. Add it.")
                    continue
                }
                guard let kind = receiver.kind, ![.email, .sendmail, .webhook].contains(kind) else { continue }
                fault(
                    "receivers",
                    "names \(name), whose type is \(kind.rawValue). Reports go to email, sendmail and webhook only."
                )
            }
            guard let folder = delivery.folder else {
                for key in ["group", "mode"] where values[path + [key]] != nil {
                    fault(key, "has no effect without folder. Remove it.")
                }
                continue
            }
            if let other = folders.updateValue(delivery.name, forKey: folder) {
                fault("folder", "is also that of \(other), and the files have the same names. Name another folder.")
            }
        }
        return faults
    }
}
