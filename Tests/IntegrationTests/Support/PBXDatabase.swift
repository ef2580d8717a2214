import MariaDB
import Synchronization
import TestSupport

/// The database of a PBX, with tables as created by FreePBX.
struct PBXDatabase {
    private static let counter = Atomic(0)

    let name: String

    init() throws {
        name = "pbx_\(Self.counter.add(1, ordering: .relaxed).newValue)"
        var connection = try MariaDB.Connection(Self.server())
        try connection.execute("CREATE DATABASE \(name)")
        try execute(Self.cdr)
    }

    private static func server() throws -> MariaDB.Configuration {
        var configuration = MariaDB.Configuration(socket: try TestMariaDB.shared().socket, user: "root")
        configuration.optionGroup = nil
        return configuration
    }

    /// How the pipeline reaches it.
    func configuration() throws -> MariaDB.Configuration {
        var configuration = try Self.server()
        configuration.database = name
        return configuration
    }

    func execute(_ statements: String...) throws {
        var connection = try MariaDB.Connection(configuration())
        // As in the days when FreePBX filled its table: overlong values are cut silently.
        try connection.execute("SET sql_mode = ''")
        for sql in statements { try connection.execute(sql) }
    }

    /// Adds rows; a row is a list of `column = value`.
    func insert(_ rows: [String]) throws {
        var connection = try MariaDB.Connection(configuration())
        try connection.execute("SET sql_mode = ''")
        for row in rows { try connection.execute("INSERT INTO cdr SET \(row)") }
    }

    /// FreePBX `installlib/SQL/cdr.sql`, with the columns that its cdr module adds.
    private static let cdr = """
        CREATE TABLE cdr (
            calldate DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00', clid VARCHAR(80) NOT NULL DEFAULT '',
            src VARCHAR(80) NOT NULL DEFAULT '', dst VARCHAR(80) NOT NULL DEFAULT '',
            dcontext VARCHAR(80) NOT NULL DEFAULT '', channel VARCHAR(80) NOT NULL DEFAULT '',
            dstchannel VARCHAR(80) NOT NULL DEFAULT '', lastapp VARCHAR(80) NOT NULL DEFAULT '',
            lastdata VARCHAR(80) NOT NULL DEFAULT '', duration INT(11) NOT NULL DEFAULT 0,
            billsec INT(11) NOT NULL DEFAULT 0, disposition VARCHAR(45) NOT NULL DEFAULT '',
            amaflags INT(11) NOT NULL DEFAULT 0, accountcode VARCHAR(20) NOT NULL DEFAULT '',
            uniqueid VARCHAR(32) NOT NULL DEFAULT '', userfield VARCHAR(255) NOT NULL DEFAULT '',
            did VARCHAR(50) NOT NULL DEFAULT '', recordingfile VARCHAR(255) NOT NULL DEFAULT '',
            cnum VARCHAR(80) NOT NULL DEFAULT '', cnam VARCHAR(80) NOT NULL DEFAULT '',
            outbound_cnum VARCHAR(80) NOT NULL DEFAULT '', outbound_cnam VARCHAR(80) NOT NULL DEFAULT '',
            dst_cnam VARCHAR(80) NOT NULL DEFAULT '', linkedid VARCHAR(32) NOT NULL DEFAULT '',
            peeraccount VARCHAR(80) NOT NULL DEFAULT '', sequence INT(11) NOT NULL DEFAULT 0,
            KEY calldate (calldate), KEY dst (dst), KEY accountcode (accountcode), KEY uniqueid (uniqueid)
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
        """
}
