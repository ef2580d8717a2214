import CLibPQ

/// A connection URL or `host=… dbname=…` text, parsed by libpq itself, without connecting.
///
/// libpq's own messages about such a text quote it, including any password, so none of them are passed on.
public struct ConnectionInfo: Sendable {
    /// Names or addresses, separated by commas; nil for the default host.
    public let host: String?
    /// Ports, separated by commas.
    public let port: String?
    /// The database's name.
    public let database: String?
    /// The user's name.
    public let user: String?
    /// Whether it contains a password.
    public let hasPassword: Bool
    /// All keywords to which the text gives a value, including secrets.
    let values: [String: String]

    /// Parses a text.
    ///
    /// - Throws: ``PostgresError`` with code `address` if libpq cannot parse it, or if a host, port or name contains a
    ///   character that shows that a password was not escaped.
    public init(_ text: String) throws(PostgresError) {
        var message: UnsafeMutablePointer<CChar>?
        guard !text.utf8.contains(0), let options = PQconninfoParse(text, &message) else {
            PQfreemem(message)
            throw Self.unreadable
        }
        defer { PQconninfoFree(options) }
        var values: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        self.values = values
        (host, port) = (values["host"], values["port"])
        (database, user) = (values["dbname"], values["user"])
        hasPassword = values["password"]?.isEmpty == false || values["sslpassword"]?.isEmpty == false
        let isPort = (port ?? "").utf8.allSatisfy { 48...57 ~= $0 || $0 == UInt8(ascii: ",") }
        // If a password contains an unescaped @, / or ?, libpq takes its rest for a host, a port or a database.
        let isPlain = [host, values["hostaddr"], database].allSatisfy { $0?.contains("@") != true }
        guard isPort, isPlain, database?.contains("://") != true else { throw Self.unreadable }
    }

    private static let unreadable = PostgresError(
        .address,
        "The connection URL cannot be read. In user and password write % as %25, @ as %40, : as %3A, / as %2F, ? as %3F"
            + " and # as %23, or leave the password to a password file."
    )
}
