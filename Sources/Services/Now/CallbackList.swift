internal import Base
public import Configuration
internal import Reporting
internal import Synchronization

/// Callers of today who did not get through and to whom nobody has spoken since, by the report `lost-calls`; without their numbers.
public final class CallbackList: Sendable {
    /// Somebody who waits for a call.
    public struct Owed: Sendable, Equatable {
        /// The queue; nil for a call that saw none.
        public let queue: String?
        /// When the caller was lost first today, in seconds since 1970.
        public let lostAt: Double

        /// Somebody lost at a time.
        public init(queue: String?, lostAt: Double) { (self.queue, self.lostAt) = (queue, lostAt) }
    }

    private let settings: Settings
    private let desk: QueryDesk
    private let owed = Mutex<[Owed]?>(nil)

    /// A list that asks by a desk.
    public init(_ settings: Settings, _ desk: QueryDesk) { (self.settings, self.desk) = (settings, desk) }

    /// Who is owed a call; nil while that is not known, for instance without a warehouse.
    public var current: [Owed]? { owed.withLock { $0 } }

    /// Looks once a minute until the task is cancelled.
    public func run() async {
        let service = ReportService(settings)
        var request = ReportsRequest(names: ["lost-calls"])
        request.window = .days(0)
        while !Task.isCancelled {
            let reports = try? await desk.run { [request] in try await service.run(request) }
            owed.withLock { $0 = reports.flatMap { Self.owed(in: $0.json) } }
            try? await Task.sleep(for: .seconds(60))
        }
    }

    /// The callers of a report as JSON. Those without a number cannot be called, and those who hung up at once were not lost.
    static func owed(in report: JSON) -> [Owed]? {
        guard case .object(let members) = report, case .array(let rows)? = members.first(where: { $0.0 == "rows" })?.1
        else { return nil }
        var callers: [String: Owed] = [:]
        for row in rows {
            guard let caller = row["caller_e164"] ?? row["caller"], let status = row["status"],
                ["open", "attempted"].contains(status), row["outcome"] != "abandoned_short",
                case .instant(let lostAt)? = row["lost_at"].flatMap(WrittenTime.init)?.meaning
            else { continue }
            let new = Owed(queue: row["queue"], lostAt: Double(lostAt))
            if callers[caller].map({ new.lostAt < $0.lostAt }) ?? true { callers[caller] = new }
        }
        return callers.values.sorted { ($0.lostAt, $0.queue ?? "") < ($1.lostAt, $1.queue ?? "") }
    }
}

extension JSON {
    /// A member that is a text; else nil.
    fileprivate subscript(name: String) -> String? {
        guard case .object(let members) = self, case .string(let text)? = members.first(where: { $0.0 == name })?.1
        else { return nil }
        return text
    }
}
