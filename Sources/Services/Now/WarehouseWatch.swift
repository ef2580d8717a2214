public import Configuration
import Postgres
import Synchronization
import Warehouse

/// How up to date the warehouse is, checked once a minute.
public final class WarehouseWatch: Sendable {
    /// What the warehouse has for one PBX. Times are seconds since 1970; nil if there is nothing.
    public struct Freshness: Sendable, Equatable {
        /// The PBX.
        public var pbx: String
        /// When a run last succeeded, how long it took, and how many records it rejected.
        public var succeededAt: Double?, seconds: Double?, rejected: Double
        /// When the last failed run began.
        public var failedAt: Double?
        /// When the newest call began, and when the newest queue event was logged.
        public var newestCall: Double?, newestEvent: Double?
        /// Records that could not be loaded and have not been dealt with.
        public var rejects: Double
    }

    private let settings: Settings
    private let desk: QueryDesk
    private let found = Mutex<[Freshness]?>(nil)

    /// A watch that sends its queries through a desk.
    public init(_ settings: Settings, _ desk: QueryDesk) { (self.settings, self.desk) = (settings, desk) }

    /// The last findings; nil while the warehouse cannot be read.
    public var current: [Freshness]? { found.withLock { $0 } }

    /// Checks once a minute until the task is cancelled.
    public func run() async {
        let access = WarehouseAccess(settings)
        while !Task.isCancelled {
            let rows = try? await desk.run { try await access.look { try Self.read($0.connection) } }
            found.withLock { $0 = rows }
            try? await Task.sleep(for: .seconds(60))
        }
    }

    private static func read(_ connection: borrowing Connection) throws -> [Freshness] {
        try connection.query(SQLFiles.Status.freshness).map { row throws(PostgresError) in
            Freshness(
                pbx: try row.text(0),
                succeededAt: try number(row, 1),
                seconds: try number(row, 2),
                rejected: try number(row, 3) ?? 0,
                failedAt: try number(row, 4),
                newestCall: try number(row, 5),
                newestEvent: try number(row, 6),
                rejects: try number(row, 7) ?? 0
            )
        }
    }

    private static func number(_ row: borrowing Row, _ place: Int) throws(PostgresError) -> Double? {
        try row.textIfPresent(place).flatMap { Double($0) }
    }
}
