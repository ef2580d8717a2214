/// The location of a database, and the user with whom to log in.
public enum Address: Sendable, Hashable {
    /// `postgresql://user@host:port/database?sslmode=…`, or libpq's `key=value` form.
    case url(String)
    /// A section of `pg_service.conf`.
    case service(String)
    /// A Unix socket in a directory.
    case socket(directory: String, port: Int, user: String, database: String)

    /// The keywords of https://www.postgresql.org/docs/current/libpq-connect.html, in order; later ones take
    /// precedence.
    ///
    /// Settings that a user may want to override come before the address; those on which this library relies come after
    /// it.
    var keywords: [(name: String, value: String)] {
        let defaults = [("fallback_application_name", "crm-voip"), ("connect_timeout", "10")]
        let fixed = [("client_encoding", "UTF8")]
        switch self {
        case .url(let url):
            return defaults + [("dbname", url)] + fixed
        case .service(let name):
            return defaults + [("service", name)] + fixed
        case .socket(let directory, let port, let user, let database):
            let socket = [("host", directory), ("port", String(port)), ("user", user), ("dbname", database)]
            return defaults + socket + fixed
        }
    }
}
