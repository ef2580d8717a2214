extension DatabaseError {
    /// The statement that grants the missing right, if the server's message names the account and the object.
    ///
    /// The messages are those of 1044, 1142 and 1143 in https://mariadb.com/kb/en/mariadb-error-code-reference/
    var remedy: String {
        guard let account = message.firstMatch(of: /'([^']*)'@'([^']*)'/), let object = refusedObject else {
            return ""
        }
        // `SELECT command denied to user …`; if a whole database is refused, the message names no privilege.
        let refused = message.firstMatch(of: /^([A-Z][A-Z, ]*) command denied/)
        let privilege = refused?.output.1 ?? "SELECT"
        let grant = "GRANT \(privilege) ON \(object) TO '\(account.output.1)'@'\(account.output.2)';"
        let hint = number == 1044 ? " Correct the database's name in the configuration, or let" : " Let"
        return "\(hint) an administrator run: \(grant)"
    }

    /// `database.table`, or `database.*` if the whole database is refused.
    private var refusedObject: String? {
        if let match = message.firstMatch(of: /to database '([^']*)'/) {
            return "\(Self.written(match.output.1)).*"
        }
        // MariaDB from 10.6 on names the database of a table; older versions and MySQL do not.
        if let match = message.firstMatch(of: /table `([^`]*)`\.`([^`]*)`/) {
            return "\(Self.written(match.output.1)).\(Self.written(match.output.2))"
        }
        guard let match = message.firstMatch(of: /table ['`]([^'`]*)['`]/) else { return nil }
        return (database.map { Self.written($0[...]) + "." } ?? "") + Self.written(match.output.1)
    }

    /// A name as SQL accepts it, in backticks only if they are needed.
    private static func written(_ name: Substring) -> String {
        let isPlain = name.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "_") || 48...57 ~= byte || 65...90 ~= byte || 97...122 ~= byte
        }
        return isPlain ? String(name) : "`\(name)`"
    }
}
