import Configuration
import Postgres
import Warehouse

/// The configured warehouse, opened with its schema up to date.
struct WarehouseAccess {
    let location: Warehouse.Location
    private let keep: Bool

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
        try await Warehouse.with(location, keep: keep) { warehouse in
            _ = try Migrator().migrate(warehouse.connection)
            return try await body(warehouse)
        }
    }
}
