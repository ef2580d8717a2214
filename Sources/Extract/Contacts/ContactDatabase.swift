public import CallRecords
import Postgres

/// Contacts from a CRM's own database, by a query that gives one row a contact, or one a contact and phone.
///
/// The columns are known by their names, as those of a CSV file are: `kind`, `id`, `name` or `label`, `phone` (and
/// others with phone in their names), `priority`, `owner`, `extension`, `updated_at`; any subset with a phone or an
/// extension in it. The database is read in one consistent, read-only view, a row at a time.
public struct ContactDatabase: ContactSource {
    /// Which server speaks there.
    public enum Server: String, Hashable, Sendable {
        case postgres
        case mysql
    }

    /// By the URL's scheme.
    public let server: Server
    /// Rows that held neither an id nor a phone.
    public private(set) var skippedRows = 0
    /// The columns of the query's result.
    public private(set) var listing: ContactListing?
    private let url: String
    private let query: String
    private let password: String?

    /// - Parameters:
    ///   - url: `postgresql://user@host:port/database`, or `mysql://` or `mariadb://` likewise.
    ///   - query: one SELECT.
    ///   - password: where it is not in the libraries' own places (`.pgpass`, `my.cnf`).
    /// - Throws: ``ExtractError`` for a URL of another scheme.
    public init(url: String, query: String, password: String? = nil) throws(ExtractError) {
        server = try Self.server(of: url)
        self.url = url
        self.password = password
        // It becomes a subquery, where a semicolon would end the statement too early.
        var query = query[...]
        while let last = query.last, last.isWhitespace || last == ";" { query.removeLast() }
        self.query = String(query)
    }

    /// The server that a URL names by its scheme.
    ///
    /// - Throws: ``ExtractError`` for a URL of another scheme.
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

    /// Reads a URL, and connects to nothing.
    ///
    /// - Throws: ``ExtractError`` for a URL of another scheme, or one that cannot be read.
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
    /// - Throws: ``ExtractError``, or what `body` throws.
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

    /// Called with a row's cells, which are valid for the call only.
    typealias RowBody = (_ columns: ContactColumns, _ cell: (Int) -> String?) throws -> Void
}
