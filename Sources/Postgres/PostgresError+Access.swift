extension PostgresError {
    /// What the server refused before it looked at any data (a login, a database or a right), and what to do. Nil for
    /// other errors.
    ///
    /// The states are listed in https://www.postgresql.org/docs/current/errcodes-appendix.html
    var accessSentence: String? {
        switch (code, sqlState) {
        case (.connection, "28P01"):
            "The database does not accept the user or the password: \(message). Correct them in the configuration, or the"
                + " password in ~/.pgpass."
        case (.connection, "28000") where message.contains("pg_hba.conf"):
            "The database server does not allow this login: \(message). Add a line for it to the server's pg_hba.conf."
        case (.connection, "28000"):
            "The database does not accept the user or the password: \(message). Correct the user in the configuration, or"
                + " create it with CREATE ROLE … LOGIN."
        case (.connection, nil) where message.contains("no password supplied"):
            "The database asks for a password, and none is set: write it to ~/.pgpass, or to a password file if the"
                + " configuration has a key for one."
        case (.connection, "3D000"):
            "The database does not exist: \(message). Correct its name in the configuration, or create it\(creation)."
        case (.connection, "42501"), (.sql, "42501"):
            "The database user lacks a right: \(message).\(remedy)"
        case (.sql, "25006"):
            "The database session is read-only: \(message). Use a login that may write, such as the database's owner or a"
                + " member of voip_loader, and a server that is not a standby."
        default: nil
        }
    }

    private var creation: String {
        guard let database else { return "" }
        let owner = user.map { " OWNER \($0.plainIdentifier)" } ?? ""
        return ": CREATE DATABASE \(database.plainIdentifier)\(owner)"
    }

    /// The statement that grants the right, if the server's message names the object.
    private var remedy: String {
        guard let match = message.firstMatch(of: Self.refusedObject) else { return "" }
        // At login, the name in the message is quoted; later it is not.
        let name = match.output.2.filter { $0 != "\"" }
        let right: String
        switch match.output.1 {
        case "database": right = code == .connection ? "CONNECT ON DATABASE" : "CREATE ON DATABASE"
        case "schema": right = "USAGE ON SCHEMA"
        case "sequence": right = "USAGE ON SEQUENCE"
        default: right = "SELECT ON"
        }
        let object = (schema.map { $0.plainIdentifier + "." } ?? "") + String(name).plainIdentifier
        let grantee = user?.plainIdentifier ?? "…"
        let grant = " To allow it, the owner or an administrator runs: GRANT \(right) \(object) TO \(grantee);"
        return match.output.1 == "database" ? grant : grant + Self.roles
    }

    /// The server does not say whether a table was to be read or written; the roles of a warehouse hold all the rights.
    private static let roles =
        " A login of a warehouse needs the role voip_reader, or voip_loader to load (docs/warehouse.md)."

    /// `permission denied for table call`; before version 11, tables and views are called relations.
    private static var refusedObject: Regex<(Substring, Substring, Substring)> {
        /permission denied for (database|schema|sequence|table|view|materialized view|foreign table|relation) ([^;]+)/
    }
}

extension String {
    /// The name as SQL accepts it, quoted only if needed.
    fileprivate var plainIdentifier: String {
        let isPlain = first.map { $0 == "_" || ("a"..."z").contains($0) } ?? false
        guard isPlain, allSatisfy({ $0 == "_" || ("a"..."z").contains($0) || ("0"..."9").contains($0) }) else {
            return SQL.identifier(self)
        }
        return self
    }
}
