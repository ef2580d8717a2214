public import Postgres

/// Spreads the warehouse over the servers of a Citus cluster: all rows of a PBX are on one server, and every server has a copy of
/// the tables that belong to no PBX, such as contacts.
///
/// Every table with a column `pbx_id` is distributed by it. Keys contain it and joins use it, so a row is on the same server as
/// everything that belongs to it.
public struct Distribution: Sendable {
    /// A new distribution.
    public init() {}

    /// The statements that distribute what is not distributed yet, in order. Changes nothing, and does not need the extension.
    ///
    /// - Throws: `PostgresError`.
    public func statements(_ connection: borrowing Connection) throws -> [String] {
        let done = try Self.hasExtension(connection).isCreated ? distributed(connection) : [:]
        let tables = try connection.query(SQLFiles.Distribute.tables)
            .map { row throws(PostgresError) in Table(name: try row.text(0), hasPBX: try row.bool(1)) }
        let new = tables.filter { done[$0.name] == nil }
        if new.isEmpty { return [] }
        let keys = try foreignKeys(of: Set(new.map(\.name)), connection)
        let functions = try connection.query(SQLFiles.Distribute.functions)
            .map { row throws(PostgresError) in try row.text(0) }
        // A table with rows of PBXs gets no foreign key back: with one, a run could not change voip.pbx after it has copied rows.
        // The other tables are placed beside the first one.
        let first = done.filter(\.value).keys.min() ?? new.first(where: \.hasPBX)?.name
        return ["set local citus.multi_shard_modify_mode = 'sequential'"]
            + keys.map { "alter table \($0.table) drop constraint \($0.name)" }
            + new.map { $0.statement(besides: first) }
            + keys.filter { key in tables.contains { $0.name == key.table && !$0.hasPBX } }
            .map { "alter table \($0.table) add constraint \($0.name) \($0.definition)" }
            + new.map { "select truncate_local_data_after_distributing_table(\(SQL.literal($0.name)))" }
            + functions.map { "select create_distributed_function(\(SQL.literal($0)))" }
    }

    /// Distributes what is not distributed yet, in one transaction. Nothing may be loaded meanwhile.
    ///
    /// - Returns: The statements that were executed.
    /// - Throws: ``WarehouseError`` with code `extensionMissing` if the database has no extension citus; `PostgresError`.
    public func run(_ connection: borrowing Connection) throws -> [String] {
        try check(connection)
        return try connection.transaction { connection in
            let statements = try statements(connection)
            for statement in statements { try connection.execute(statement) }
            if !statements.isEmpty { try connection.execute(SQLFiles.Distribute.clusterFunctions) }
            return statements
        }
    }

    private func check(_ connection: borrowing Connection) throws {
        let found = try Self.hasExtension(connection)
        if found.isCreated { return }
        throw WarehouseError(
            .extensionMissing,
            found.isAvailable
                ? "The database has no extension citus yet. Run `create extension citus` in it as a superuser, and add the "
                    + "other servers with citus_add_node."
                : "The database server has no Citus, which spreads a database over several servers. Install it there, or "
                    + "name a server that has it in warehouse.url."
        )
    }

    private struct Table {
        var name: String
        var hasPBX: Bool

        func statement(besides first: String?) -> String {
            let literal = SQL.literal(name)
            guard hasPBX else { return "select create_reference_table(\(literal))" }
            let others = first == name ? "none" : first ?? "none"
            return "select create_distributed_table(\(literal), 'pbx_id', colocate_with => \(SQL.literal(others)))"
        }
    }

    private struct ForeignKey {
        var name: String
        var table: String
        var definition: String
    }

    private func foreignKeys(of tables: Set<String>, _ connection: borrowing Connection) throws -> [ForeignKey] {
        try connection.query(SQLFiles.Distribute.foreignKeys).map { row throws(PostgresError) in
            ForeignKey(name: try row.text(0), table: try row.text(1), definition: try row.text(2))
        }.filter { tables.contains($0.table) }
    }

    /// The tables that are distributed, and whether each is spread by PBX.
    private func distributed(_ connection: borrowing Connection) throws -> [String: Bool] {
        var tables: [String: Bool] = [:]
        try connection.query(SQLFiles.Distribute.done).forEach { row in tables[try row.text(0)] = try row.bool(1) }
        return tables
    }

    /// Writes functions that were made anew as a cluster needs them, where there is one.
    static func adaptFunctions(_ connection: borrowing Connection) throws {
        if try isDistributed(connection) { try connection.execute(SQLFiles.Distribute.clusterFunctions) }
    }

    /// Whether tables of the warehouse are spread over a cluster.
    static func isDistributed(_ connection: borrowing Connection) throws -> Bool {
        try hasExtension(connection).isCreated && !connection.query(SQLFiles.Distribute.done).isEmpty
    }

    private static func hasExtension(
        _ connection: borrowing Connection
    ) throws -> (isCreated: Bool, isAvailable: Bool) {
        try connection.query(SQLFiles.Distribute.extension)
            .first { row throws(PostgresError) in (try row.bool(0), try row.bool(1)) } ?? (false, false)
    }
}
