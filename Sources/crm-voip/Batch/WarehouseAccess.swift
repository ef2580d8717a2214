import Configuration
import Postgres
import Warehouse

/// The configured warehouse.
struct WarehouseAccess {
    let location: Warehouse.Location
    private let keep: Bool

    /// - Parameter keep: whether the user asked for the embedded database to be left running.
    init(_ settings: Settings, keep: Bool = false) {
        let warehouse = settings.warehouse
        location =
            switch warehouse.server {
            case .url(let url): .address(.url(url))
            case .service(let service): .address(.service(service))
            case .embedded: .embedded(DataFolder(warehouse.dataDirectory))
            }
        self.keep = keep || warehouse.keep
    }

    /// Lends the warehouse, with every migration applied, and closes it.
    func with<Result>(_ body: (borrowing Warehouse) async throws -> Result) async throws -> Result {
        try await open { warehouse in
            _ = try Migrator().migrate(warehouse.connection)
            return try await body(warehouse)
        }
    }

    /// Lends the warehouse as it is, and closes it.
    ///
    /// A signal interrupts the statement that its session runs; the closing is not cut short by it.
    func open<Result>(_ body: (borrowing Warehouse) async throws -> Result) async throws -> Result {
        try await Warehouse.with(location, keep: keep) { warehouse in
            let token = warehouse.connection.cancelToken
            return try await Interruption.shared.withCancellation({ token?.cancel() }) {
                try await body(warehouse)
            }
        }
    }
}
