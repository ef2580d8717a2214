public import Postgres

/// The opened database in which calls are kept: a session with it, and its location.
///
/// An embedded server runs as long as any command has it open. Call ``close(keep:)`` at the end; if a process is killed
/// before that, the next command stops the server when it ends.
public struct Warehouse: ~Copyable {
    /// Which database to use.
    public enum Location: Sendable, Hashable {
        /// A server run by somebody else, PostgreSQL 13 or newer.
        case address(Address)
        /// Our own server, with its data in a folder.
        case embedded(DataFolder)

        /// Our own server in the user's data folder.
        public static var embedded: Location { .embedded(.standard) }
    }

    /// Where this warehouse is.
    public let location: Location
    /// The session. ``connect()`` opens others.
    public let connection: Connection
    private let address: Address
    private let server: EmbeddedServer?

    /// The purpose of opening a warehouse.
    public enum Purpose: Sendable {
        /// To read it, which members of the folder's group may do too.
        case reading
        /// To change it.
        case changing
    }

    /// Opens the warehouse; an embedded one is created and started if necessary. The schema is not touched.
    ///
    /// - Throws: ``WarehouseError`` or ``PostgresError``.
    public static func open(_ location: Location, for purpose: Purpose = .changing) async throws -> Warehouse {
        switch location {
        case .address(let address):
            return Warehouse(location, address, try session(address), reader: nil, server: nil)
        case .embedded(let folder):
            if purpose == .reading, let shared = GroupReader(folder) {
                let connection = try shared.connect()
                return Warehouse(location, shared.address, connection, reader: shared.address, server: nil)
            }
            let server = try EmbeddedServer(folder)
            let address = server.address
            let reader = server.readerAddress
            try await server.use()
            let connection: Connection
            do {
                connection = try session(address)
            } catch {
                try? await server.release(keep: false)
                throw error
            }
            return Warehouse(location, address, connection, reader: reader, server: server)
        }
    }

    /// Opens the warehouse, passes it to `body`, and closes it however that ends.
    ///
    /// - Returns: What `body` returns.
    /// - Throws: Any error of `body`; otherwise ``WarehouseError`` or ``PostgresError``.
    @discardableResult
    public static func with<Result>(
        _ location: Location,
        for purpose: Purpose = .changing,
        keep: Bool = false,
        _ body: (borrowing Warehouse) async throws -> Result
    ) async throws -> Result {
        let warehouse = try await open(location, for: purpose)
        let result: Result
        do {
            result = try await body(warehouse)
        } catch {
            // The error of `body` matters more than a server that does not stop.
            try? await warehouse.close(keep: keep)
            throw error
        }
        try await warehouse.close(keep: keep)
        return result
    }

    /// Stops an embedded server that was kept or left running.
    ///
    /// - Returns: Whether a server was stopped.
    /// - Throws: ``WarehouseError``, with code `inUse` while another command uses it.
    public static func stop(_ folder: DataFolder) async throws -> Bool {
        // A folder that does not exist should not be created for this.
        guard FileSystem.exists(folder.path) else { return false }
        return try await EmbeddedServer(folder).stopIdle()
    }

    private init(
        _ location: Location,
        _ address: Address,
        _ connection: consuming Connection,
        reader: Address?,
        server: consuming EmbeddedServer?
    ) {
        self.location = location
        self.address = address
        self.connection = connection
        readerAddress = reader
        self.server = server
    }

    static func session(_ address: Address) throws -> Connection {
        let connection = try Connection(address)
        guard connection.serverVersion >= ServerPackage.oldestVersion * 10_000 else {
            throw WarehouseError(
                .version,
                "The database server is PostgreSQL \(connection.serverVersion / 10_000); crm-voip needs "
                    + "\(ServerPackage.oldestVersion) or newer."
            )
        }
        return connection
    }

    /// The address for a session as `voip_reader`, which may read the warehouse and nothing else; nil for a server run
    /// by somebody else, where logging in as that role may be impossible.
    public let readerAddress: Address?

    /// Whether this session is read-only because the warehouse belongs to another user.
    public var isOthers: Bool { server == nil && readerAddress != nil }

    /// Another session with the same database.
    ///
    /// - Throws: ``PostgresError``.
    public func connect() throws(PostgresError) -> Connection {
        try Connection(address)
    }

    /// Ends the session, and stops an embedded server if no other command uses it.
    ///
    /// - Parameter keep: Whether the embedded server keeps running for the next command.
    /// - Throws: ``WarehouseError``.
    public consuming func close(keep: Bool = false) async throws {
        let server = consume server
        _ = consume connection
        try await server?.release(keep: keep)
    }
}
