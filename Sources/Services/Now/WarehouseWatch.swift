public import Base
public import Configuration
import Postgres
import Synchronization
import Warehouse

/// How up to date the warehouse is, checked once a minute.
public final class WarehouseWatch: Sendable {
    /// What the warehouse has for one PBX; nil if there is nothing.
    public struct Freshness: Sendable, Equatable {
        /// The PBX.
        public var pbx: String
        /// When a run last succeeded, how long it took, and how many records it rejected.
        public var succeededAt: Moment?, took: Duration?, rejected: Int
        /// When the last failed run began.
        public var failedAt: Moment?
        /// When the newest call began, and when the newest queue event was logged.
        public var newestCall: Moment?, newestEvent: Moment?
        /// Records that could not be loaded and have not been dealt with.
        public var rejects: Int
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
                succeededAt: try moment(row, 1),
                took: try row.doubleIfPresent(2).flatMap { $0.magnitude < 1e9 ? .seconds($0) : nil },
                rejected: Int(try row.int64(3)),
                failedAt: try moment(row, 4),
                newestCall: try moment(row, 5),
                newestEvent: try moment(row, 6),
                rejects: Int(try row.int64(7))
            )
        }
    }

    /// A cell that holds seconds since 1970, with their fraction.
    private static func moment(_ row: borrowing Row, _ place: Int) throws(PostgresError) -> Moment? {
        try row.textIfPresent(place).flatMap { Double($0) }.flatMap { Moment(secondsSince1970: $0) }
    }
}
