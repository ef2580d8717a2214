import Base
import Glibc

/// The files that libpq opens by name in order to connect: certificates, keys, passwords and services.
///
/// They are checked first, because libpq waits forever for a named pipe without a writer, and reads endless input.
enum ConnectionFiles {
    /// The keywords that name a file, and the corresponding variables
    /// (https://www.postgresql.org/docs/current/libpq-envars.html).
    private static let keywords = [
        "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY", "sslcrl": "PGSSLCRL",
        "passfile": "PGPASSFILE",
    ]

    /// Checks the files named in an address, or in the environment.
    ///
    /// - Throws: ``PostgresError`` with code `address` if the address is invalid or names something that is not a file.
    static func check(for address: Address) throws(PostgresError) {
        var values: [String: String] = [:]
        switch address {
        case .url(let text): values = try ConnectionInfo(text).values
        case .service(let name): values["service"] = name
        case .socket: return
        }
        for (keyword, variable) in keywords {
            // `sslrootcert=system` is not a file.
            guard let path = values[keyword] ?? environment(variable), path != "system" else { continue }
            try check(path)
        }
        guard values["service"] ?? environment("PGSERVICE") != nil else { return }
        if let path = environment("PGSERVICEFILE") ?? environment("HOME").map({ $0 + "/.pg_service.conf" }) {
            try check(path)
        }
    }

    private static func check(_ path: String) throws(PostgresError) {
        do { try LibraryFile.check(path) } catch { throw PostgresError(.address, error.description) }
    }

    private static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
}
