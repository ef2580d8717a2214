public import Configuration
public import Warehouse
import Glibc
import Postgres

/// The configured warehouse.
public struct WarehouseAccess: Sendable {
    /// Where it is.
    public let location: Warehouse.Location
    private let keep: Bool

    /// - Parameter keep: whether the embedded database is to be left running.
    public init(_ settings: Settings, keep: Bool = false) {
        let warehouse = settings.warehouse
        location =
            switch warehouse.server {
            case .url(let url): .address(.url(url))
            case .service(let service): .address(.service(service))
            case .embedded: .embedded(DataFolder(warehouse.dataDirectory))
            }
        self.keep = keep || warehouse.keep
    }

    /// Whether there is something to open: an embedded database that nobody has made yet is not there.
    public var exists: Bool {
        guard case .embedded(let folder) = location else { return true }
        return access("\(folder.path)/postgresql", F_OK) == 0
    }

    /// Lends the warehouse, with every migration applied, and closes it. An embedded database is made where there is none.
    ///
    /// - Throws: `WarehouseError`, `PostgresError`, or what `body` throws.
    public func with<Result>(_ body: (borrowing Warehouse) async throws -> Result) async throws -> Result {
        try await open { warehouse in
            _ = try Migrator().migrate(warehouse.connection)
            return try await body(warehouse)
        }
    }

    /// Lends the warehouse as it is, and closes it.
    ///
    /// Cancelling the task interrupts the statement that runs; the closing is not cut short by it.
    ///
    /// - Throws: `WarehouseError`, `PostgresError`, or what `body` throws.
    public func open<Result>(_ body: (borrowing Warehouse) async throws -> Result) async throws -> Result {
        try await Warehouse.with(location, keep: keep) { warehouse in
            let token = warehouse.connection.cancelToken
            return try await withTaskCancellationHandler {
                try await body(warehouse)
            } onCancel: {
                token?.cancel()
            }
        }
    }
}
