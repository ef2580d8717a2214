import Base
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

    /// Lends a warehouse that is there already, with every migration applied, and closes it.
    ///
    /// - Throws: ``ServiceError`` with category `noInput` where nothing was ever loaded: a reader makes no database.
    public func read<Result>(_ body: (borrowing Warehouse) async throws -> Result) async throws -> Result {
        guard exists else { throw nothingLoaded }
        return try await open { warehouse in
            let found = try warehouse.connection.query("select to_regclass('voip.call') is not null")
                .first { row throws(PostgresError) in try row.bool(0) }
            guard found == true else { throw nothingLoaded }
            _ = try Migrator().migrate(warehouse.connection)
            return try await body(warehouse)
        }
    }

    /// Lends a warehouse that is there already, as it is, and closes it.
    ///
    /// - Throws: ``ServiceError`` with category `noInput` where an embedded one was never made.
    public func look<Result>(_ body: (borrowing Warehouse) async throws -> Result) async throws -> Result {
        guard exists else { throw nothingLoaded }
        return try await open(body)
    }

    private var nothingLoaded: ServiceError {
        switch location {
        case .embedded(let folder):
            ServiceError(
                .noInput,
                "There is no warehouse in \(folder.path). Load calls with `crm-voip etl` first, or name another folder in "
                    + "CRM_VOIP_DATA or warehouse.data_directory."
            )
        case .address:
            ServiceError(
                .noInput,
                "The database of the warehouse has no calls yet. Load them with `crm-voip etl` first, or check warehouse.url."
            )
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
