public import Postgres

/// The database that calls are kept in, opened: a session with it, and where it came from.
///
/// An embedded server stays up while any command has it open. Call ``close(keep:)`` at the end; a process that is
/// killed before leaves the server to the next command's end.
public struct Warehouse: ~Copyable {
    /// Which database.
    public enum Location: Sendable, Hashable {
        /// A server that somebody else runs, PostgreSQL 13 or newer.
        case address(Address)
        /// A server of our own, with its data in a folder.
        case embedded(DataFolder)

        /// A server of our own in the user's data folder.
        public static var embedded: Location { .embedded(.standard) }
    }

    /// Where this warehouse is.
    public let location: Location
    /// The session. Others can be had by ``connect()``.
    public let connection: Connection
    private let address: Address
    private let server: EmbeddedServer?

    /// What a warehouse is opened for.
    public enum Purpose: Sendable {
        /// To read it, as a member of the folder's group may, too.
        case reading
        /// To change it.
        case changing
    }

    /// Opens the warehouse; an embedded one is made and started where necessary. The schema is not touched.
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

    /// Opens the warehouse, lends it to `body`, and closes it however that ends.
    ///
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws; else ``WarehouseError`` or ``PostgresError``.
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
            // What `body` has to say matters more than a server that does not stop.
            try? await warehouse.close(keep: keep)
            throw error
        }
        try await warehouse.close(keep: keep)
        return result
    }

    /// Stops an embedded server that was kept or left running.
    ///
    /// - Returns: Whether there was one to stop.
    /// - Throws: ``WarehouseError``, with code `inUse` while another command uses it.
    public static func stop(_ folder: DataFolder) async throws -> Bool {
        // A folder that does not exist is not to be made for this.
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

    /// Where a session of `voip_reader` is to be had, which may read the warehouse and nothing else; nil for a server that
    /// somebody else runs, where nobody need be able to log in as that role.
    public let readerAddress: Address?

    /// Whether this session may read only, because the warehouse is another user's.
    public var isOthers: Bool { server == nil && readerAddress != nil }

    /// Another session with the same database.
    ///
    /// - Throws: ``PostgresError``.
    public func connect() throws(PostgresError) -> Connection {
        try Connection(address)
    }

    /// Ends the session, and stops an embedded server if no other command uses it.
    ///
    /// - Parameter keep: Whether the embedded server is to stay up for the next command.
    /// - Throws: ``WarehouseError``.
    public consuming func close(keep: Bool = false) async throws {
        let server = consume server
        _ = consume connection
        try await server?.release(keep: keep)
    }
}
