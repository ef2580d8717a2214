import Base
public import Configuration
import Glibc
import Postgres
public import Warehouse

/// The configured warehouse.
public struct WarehouseAccess: Sendable {
    /// Its location.
    public let location: Warehouse.Location
    /// Where readers find it: a member of the service's group has no warehouse of their own.
    let readable: Warehouse.Location
    private let keep: Bool

    /// - Parameter keep: whether the embedded database keeps running.
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

    /// Whether there is something to open: an embedded database that was never created does not exist.
    public var exists: Bool { Self.exists(location) }

    /// Whether there is something to read.
    public var isReadable: Bool { Self.exists(readable) }

    private static func exists(_ location: Warehouse.Location) -> Bool {
        guard case .embedded(let folder) = location else { return true }
        return isThere(folder)
    }

    /// A folder that this user may not enter may well contain one: opening it reports what is wrong.
    private static func isThere(_ folder: DataFolder) -> Bool {
        access("\(folder.path)/postgresql", F_OK) == 0 || errno == EACCES
    }

    /// Passes on the warehouse, with every migration applied, and closes it. An embedded database is created if
    /// necessary.
    ///
    /// - Throws: `WarehouseError`, `PostgresError`, or any error of `body`.
    public func with<Result>(_ body: (borrowing Warehouse) async throws -> Result) async throws -> Result {
        try await open { warehouse in
            _ = try Migrator().migrate(warehouse.connection)
            return try await body(warehouse)
        }
    }

    /// Passes on an existing warehouse, with every migration applied, and closes it. If it belongs to another user, it
    /// is read as a member of that user's group.
    ///
    /// - Throws: ``ServiceError`` with category `noInput` if nothing was ever loaded: a reader creates no database.
    public func read<Result>(_ body: (borrowing Warehouse) async throws -> Result) async throws -> Result {
        try await openLoaded(readable, for: .reading, body)
    }

    /// Passes on an existing warehouse, with every migration applied, so that it can be changed, and closes it.
    ///
    /// - Throws: The errors of ``read(_:)``; `WarehouseError` if it belongs to another user.
    public func change<Result>(_ body: (borrowing Warehouse) async throws -> Result) async throws -> Result {
        try await openLoaded(location, for: .changing, body)
    }

    /// Passes on an existing warehouse without migrating it, and closes it.
    ///
    /// - Throws: ``ServiceError`` with category `noInput` if an embedded one was never created.
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

    /// Passes on the warehouse without migrating it, and closes it.
    ///
    /// Cancelling the task interrupts the current statement; it does not cut the closing short.
    ///
    /// - Throws: `WarehouseError`, `PostgresError`, or any error of `body`.
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
