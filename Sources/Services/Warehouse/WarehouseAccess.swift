import Base
public import Configuration
import Glibc
import Postgres
public import Warehouse

/// The configured warehouse.
public struct WarehouseAccess: Sendable {
    /// Where it is.
    public let location: Warehouse.Location
    /// Where readers find it: a member of the service's group has no warehouse at home.
    let readable: Warehouse.Location
    private let keep: Bool

    /// - Parameter keep: whether the embedded database is to be left running.
    public init(_ settings: Settings, keep: Bool = false) {
        let warehouse = settings.warehouse
        switch warehouse.server {
        case .url(let url): location = .address(.url(url))
        case .service(let service): location = .address(.service(service))
        case .embedded: location = .embedded(DataFolder(warehouse.dataDirectory))
        }
        if case .embedded(let folder) = location, !warehouse.isDirectorySet, !Self.isThere(folder),
            Self.isThere(.ofService)
        {
            readable = .embedded(.ofService)
        } else {
            readable = location
        }
        self.keep = keep || warehouse.keep
    }

    /// Whether there is something to open: an embedded database that nobody has made yet is not there.
    public var exists: Bool { Self.exists(location) }

    /// Whether there is something to read.
    public var isReadable: Bool { Self.exists(readable) }

    private static func exists(_ location: Warehouse.Location) -> Bool {
        guard case .embedded(let folder) = location else { return true }
        return isThere(folder)
    }

    /// A folder that this user may not enter may well have one: opening it says what is wrong.
    private static func isThere(_ folder: DataFolder) -> Bool {
        access("\(folder.path)/postgresql", F_OK) == 0 || errno == EACCES
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

    /// Lends a warehouse that is there already, with every migration applied, and closes it. Another user's is read as a member of
    /// that user's group.
    ///
    /// - Throws: ``ServiceError`` with category `noInput` where nothing was ever loaded: a reader makes no database.
    public func read<Result>(_ body: (borrowing Warehouse) async throws -> Result) async throws -> Result {
        try await openLoaded(readable, for: .reading, body)
    }

    /// Lends a warehouse that is there already, with every migration applied, to be changed, and closes it.
    ///
    /// - Throws: As ``read(_:)``; `WarehouseError` where it is another user's.
    public func change<Result>(_ body: (borrowing Warehouse) async throws -> Result) async throws -> Result {
        try await openLoaded(location, for: .changing, body)
    }

    /// Lends a warehouse that is there already, as it is, and closes it.
    ///
    /// - Throws: ``ServiceError`` with category `noInput` where an embedded one was never made.
    public func look<Result>(_ body: (borrowing Warehouse) async throws -> Result) async throws -> Result {
        guard isReadable else { throw nothingLoaded }
        return try await open(readable, for: .reading, body)
    }

    private func openLoaded<Result>(
        _ location: Warehouse.Location,
        for purpose: Warehouse.Purpose,
        _ body: (borrowing Warehouse) async throws -> Result
    ) async throws -> Result {
        guard Self.exists(location) else { throw nothingLoaded }
        return try await open(location, for: purpose) { warehouse in
            let found = try warehouse.connection.query("select to_regclass('voip.call') is not null")
                .first { row throws(PostgresError) in try row.bool(0) }
            guard found == true else { throw nothingLoaded }
            try Self.migrate(warehouse)
            return try await body(warehouse)
        }
    }

    private static func migrate(_ warehouse: borrowing Warehouse) throws {
        guard warehouse.isOthers else {
            _ = try Migrator().migrate(warehouse.connection)
            return
        }
        guard try Migrator().pending(warehouse.connection).isEmpty else {
            throw ServiceError(
                .tryAgainLater,
                "The warehouse was made by an older version of crm-voip. It can be read again after its owner's next run of "
                    + "`crm-voip etl`, or `crm-voip warehouse migrate`."
            )
        }
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
        try await open(location, for: .changing, body)
    }

    private func open<Result>(
        _ location: Warehouse.Location,
        for purpose: Warehouse.Purpose,
        _ body: (borrowing Warehouse) async throws -> Result
    ) async throws -> Result {
        try await Warehouse.with(location, for: purpose, keep: keep) { warehouse in
            let token = warehouse.connection.cancelToken
            return try await withTaskCancellationHandler {
                try await body(warehouse)
            } onCancel: {
                token?.cancel()
            }
        }
    }
}
