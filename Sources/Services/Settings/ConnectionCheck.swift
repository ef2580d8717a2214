import AMI
import AMIClient
import Base
public import Configuration
import Extract
public import Logging
import MariaDB
import Postgres
import Warehouse

/// Tries all configured connections: the warehouse, each PBX's database and manager interface, the contacts.
public struct ConnectionCheck: Sendable {
    /// The result for one connection.
    public struct Finding: Sendable, Equatable {
        /// The table in the configuration: `pbx.main.ami`.
        public let name: String
        /// Whether the connection can be used.
        public let isGood: Bool
        /// What was found, or what is wrong and what to do.
        public let sentence: String
    }

    private let settings: Settings
    private let logger: Logger

    /// A check on one snapshot of the settings.
    public init(_ settings: Settings, logger: Logger) { (self.settings, self.logger) = (settings, logger) }

    /// Tries one connection after another. Nothing is changed, and no database is created.
    public func run() async -> [Finding] {
        var findings = [await finding("warehouse") { try await warehouse() }]
        for name in settings.pbxNames {
            let database = try? settings.database(ofPBX: name)
            if let database, database.isConfigured {
                findings.append(await finding("pbx.\(name).cdr_database") { try tables(database, ofPBX: name) })
            }
            if settings.hasManager(name) {
                findings.append(await finding("pbx.\(name).ami") { try await manager(name) })
            }
        }
        if let contacts = try? settings.contacts(), !contacts.csv.isEmpty || contacts.url != nil {
            findings.append(await finding("contacts") { try self.contacts() })
        }
        return findings
    }

    private func finding(_ name: String, _ body: () async throws -> String) async -> Finding {
        do {
            return Finding(name: name, isGood: true, sentence: try await body())
        } catch {
            return Finding(name: name, isGood: false, sentence: "\(error)")
        }
    }

    private func warehouse() async throws -> String {
        let access = WarehouseAccess(settings)
        if case .embedded(let folder) = access.location, !access.isReadable {
            return "There is no database in \(folder.path) yet; the first `crm-voip etl` creates it."
        }
        return try await access.look { warehouse in
            let facts = try warehouse.connection.query(Self.warehouseFacts).first { row throws(PostgresError) in
                (
                    version: try row.text(0), user: try row.text(1), database: try row.text(2),
                    hasCalls: try row.bool(3), mayCreate: try row.bool(4)
                )
            }
            guard let facts else { return "The database answers." }
            let server = "PostgreSQL \(facts.version), database \(facts.database), user \(facts.user)"
            if facts.hasCalls {
                try warehouse.connection.query("select 1 from voip.call limit 1")
                return "\(server): the warehouse can be read."
            }
            guard facts.mayCreate else {
                throw ServiceError(
                    .unavailable,
                    "\(server): there is no warehouse yet, and the user may not create it. To allow it, an administrator runs: "
                        + "GRANT CREATE ON DATABASE \(SQL.identifier(facts.database)) TO \(SQL.identifier(facts.user));"
                )
            }
            return "\(server): there is no warehouse yet; the first `crm-voip etl` creates it."
        }
    }

    private static let warehouseFacts = """
        select current_setting('server_version'), current_user::text, current_database()::text,
            to_regclass('voip.call') is not null, has_database_privilege(current_database(), 'CREATE')
        """

    private func tables(_ database: DatabaseSettings, ofPBX name: String) throws -> String {
        let pbx = try settings.pbx(name)
        let server = MariaDB.Configuration(database)
        var found: [TableDescription] = []
        // The table of CDRs has a default name; if only the table of queue events is configured, it is not meant.
        if database.namesTable || database.queueLogTable == nil {
            let columns = try ColumnNames(database.columns, of: .cdr)
            found.append(try CDRTable(database.table, window: nil, in: server, columns: columns).description)
        }
        if let table = database.queueLogTable {
            let columns = try ColumnNames(database.queueLogColumns, of: .queueLog)
            found.append(
                try QueueLogTable(table, window: nil, in: server, encoding: pbx.encoding, columns: columns).description
            )
        }
        let tables = found.map { table in
            let rows = table.estimatedRows.map { ", about \($0) rows" } ?? ""
            return "table \(table.table)\(rows)"
        }
        let notes = found.flatMap(\.warnings).map { " \($0)" }.joined()
        return "\(found.first?.server ?? "The server"): \(tables.joined(separator: "; ")).\(notes)"
    }

    private func manager(_ name: String) async throws -> String {
        let configuration = try ManagerConfiguration(settings, pbx: name)
        return try await ManagerClient.withConnection(configuration, logger: logger) { client in
            try await client.send(Action("Ping"))
            // A user without this privilege can still log in.
            let version = try? await client.send(Action("CoreSettings")).response["AsteriskVersion"]
            return "Asterisk\(version.map { " \($0)" } ?? "") at \(configuration.host) accepts the login."
        }
    }

    private func contacts() throws -> String {
        let usual = try settings.pbx((try? settings.pbxName()) ?? settings.pbxNames.first)
        let directory = try ContactDirectory(settings, pbx: usual)
        return try directory.hasContact() ? "Contacts can be read." : "The source can be read, but has no contacts."
    }
}
