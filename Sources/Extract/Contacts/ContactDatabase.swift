public import CallRecords
import Postgres

/// Contacts from a CRM's own database, by a query that returns one row for each contact, or for each contact and phone.
///
/// Columns are recognised by name, like those of a CSV file: `kind`, `id`, `name` or `label`, `phone` (and other names
/// that contain phone), `priority`, `owner`, `extension`, `updated_at`; any subset that includes a phone or an
/// extension. The database is read in one consistent, read-only view, one row at a time.
public struct ContactDatabase: ContactSource {
    /// The kind of database server.
    public enum Server: String, Hashable, Sendable {
        case postgres
        case mysql
    }

    /// The server, from the URL's scheme.
    public let server: Server
    /// Rows that contained neither an id nor a phone.
    public private(set) var skippedRows = 0
    /// The columns of the query's result.
    public private(set) var listing: ContactListing?
    private let url: String
    private let query: String
    private let password: String?

    /// - Parameters:
    ///   - url: `postgresql://user@host:port/database`, or the same with `mysql://` or `mariadb://`.
    ///   - query: one SELECT.
    ///   - password: if it is not in the libraries' own places (`.pgpass`, `my.cnf`).
    /// - Throws: ``ExtractError`` for a URL with any other scheme.
    public init(url: String, query: String, password: String? = nil) throws(ExtractError) {
        server = try Self.server(of: url)
        self.url = url
        self.password = password
        // It becomes a subquery, in which a semicolon would end the statement too early.
        var query = query[...]
        while let last = query.last, last.isWhitespace || last == ";" { query.removeLast() }
        self.query = String(query)
    }

    /// The server that a URL names by its scheme.
    ///
    /// - Throws: ``ExtractError`` for a URL with any other scheme.
    public static func server(of url: String) throws(ExtractError) -> Server {
        switch url.prefix(while: { $0 != ":" }).lowercased() {
        case "postgres", "postgresql": return .postgres
        case "mysql", "mariadb": return .mysql
        default:
            throw ExtractError(
                .noInput,
                "The contacts' URL must begin with postgresql:// or mysql://; a CSV file is named by csv."
            )
        }
    }

    /// Checks a URL without connecting.
    ///
    /// - Throws: ``ExtractError`` for a URL with any other scheme, or one that cannot be parsed.
    public static func check(url: String) throws(ExtractError) {
        switch try server(of: url) {
        case .mysql: _ = try MariaDBURL(url)
        case .postgres:
            do throws(PostgresError) { _ = try ConnectionInfo(url) } catch {
                throw ExtractError(.noInput, error.description)
            }
        }
    }

    /// Runs the query and reads its rows.
    ///
    /// - Throws: ``ExtractError``, or any error of `body`.
    public mutating func forEachContact(_ body: (ContactRecord) throws -> Void) throws {
        skippedRows = 0
        var skipped = 0
        var listing: ContactListing?
        switch server {
        case .postgres:
            try Self.forEachPostgresRow(url: url, password: password, query: query) { columns, cell in
                if listing == nil { listing = columns.listing }
                if let record = columns.record(cell) { try body(record) } else { skipped += 1 }
            }
        case .mysql:
            try Self.forEachMariaDBRow(try MariaDBURL(url), password: password, query: query) { columns, cell in
                if listing == nil { listing = columns.listing }
                if let record = columns.record(cell) { try body(record) } else { skipped += 1 }
            }
        }
        (skippedRows, self.listing) = (skipped, listing)
    }

    /// Called with a row's cells, which are valid only during the call.
    typealias RowBody = (_ columns: ContactColumns, _ cell: (Int) -> String?) throws -> Void
}
