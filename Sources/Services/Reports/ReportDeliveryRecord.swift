import Configuration

/// Which targets of a delivery have got the reports of which time, in the data directory, so that another run can go on
/// where one failed.
struct ReportDeliveryRecord: Codable, Equatable {
    /// The time of the reports, as their files are named after it.
    private(set) var window: String
    /// The receivers' names and the folder's path.
    private(set) var targets: Set<String>

    /// - Parameters:
    ///   - window: The time that is delivered now. Another time begins a new record.
    ///   - earlier: What has been delivered so far; nil for nothing.
    init(window: String, after earlier: ReportDeliveryRecord?) {
        self.window = window
        targets = earlier?.window == window ? earlier?.targets ?? [] : []
    }

    /// Adds the targets that got the reports.
    mutating func add(_ delivered: some Sequence<ReportDeliveryResult.Target>) {
        targets.formUnion(delivered.filter { $0.message == nil }.map(\.name))
    }

    /// The file of a delivery.
    private static func path(_ delivery: String, _ settings: Settings) -> String {
        "\(settings.warehouse.dataDirectory)/report-deliveries/\(delivery.inFileName).json"
    }

    /// What has been delivered so far; nil if nothing has.
    ///
    /// - Throws: `FileError` if the file cannot be read; ``ServiceError`` if it is damaged.
    static func read(_ delivery: String, _ settings: Settings) throws -> ReportDeliveryRecord? {
        try StateFile.read(path(delivery, settings))
    }

    /// Replaces the record of a delivery.
    func write(_ delivery: String, _ settings: Settings) throws {
        try StateFile.write(self, to: Self.path(delivery, settings))
    }
}
