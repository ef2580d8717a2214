extension DatabaseError {
    /// The statement that gives the missing right, where the server's sentence names the account and the object.
    ///
    /// The sentences are those of 1044, 1142 and 1143 in https://mariadb.com/kb/en/mariadb-error-code-reference/
    var remedy: String {
        guard let account = message.firstMatch(of: /'([^']*)'@'([^']*)'/), let object = refusedObject else {
            return ""
        }
        // `SELECT command denied to user …`; the refusal of a whole database names no privilege.
        let refused = message.firstMatch(of: /^([A-Z][A-Z, ]*) command denied/)
        let privilege = refused?.output.1 ?? "SELECT"
        let grant = "GRANT \(privilege) ON \(object) TO '\(account.output.1)'@'\(account.output.2)';"
        let hint = number == 1044 ? " Correct the database's name in the configuration, or let" : " Let"
        return "\(hint) an administrator run: \(grant)"
    }

    /// `database.table`, or `database.*` where the whole database is refused.
    private var refusedObject: String? {
        if let match = message.firstMatch(of: /to database '([^']*)'/) {
            return "\(Self.written(match.output.1)).*"
        }
        // MariaDB from 10.6 names the database of a table, older ones and MySQL do not.
        if let match = message.firstMatch(of: /table `([^`]*)`\.`([^`]*)`/) {
            return "\(Self.written(match.output.1)).\(Self.written(match.output.2))"
        }
        guard let match = message.firstMatch(of: /table ['`]([^'`]*)['`]/) else { return nil }
        return (database.map { Self.written($0[...]) + "." } ?? "") + Self.written(match.output.1)
    }

    /// A name as SQL takes it, in backticks only where they are needed.
    private static func written(_ name: Substring) -> String {
        let isPlain = name.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "_") || 48...57 ~= byte || 65...90 ~= byte || 97...122 ~= byte
        }
        return isPlain ? String(name) : "`\(name)`"
    }
}
