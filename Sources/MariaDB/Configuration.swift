import Base

/// The location of a MariaDB or MySQL server, and how to connect to it.
///
/// Anything that is nil is taken from the option files (`/etc/my.cnf`, `~/.my.cnf`, groups `[client]` and
/// `[crm-voip]`), so that a password can stay where the administrator keeps it.
public struct Configuration: Sendable {
    /// How the connection is protected.
    public enum TLS: Sendable, Equatable {
        /// According to the option files; without them, unencrypted. Suitable for a Unix socket and the loopback
        /// interface.
        case asConfigured
        /// Encrypted, without verifying the server.
        case required
        /// Encrypted, and the server must present a certificate for its host name, issued by one of the authorities in
        /// the PEM file, or one of the system's if nil.
        case verified(authorities: String?)
    }

    /// The character set in which the server sends text.
    public enum ResultText: Sendable {
        /// The server converts every column to UTF-8.
        case utf8mb4
        /// The server sends the stored bytes of every column.
        case asStored
    }

    /// Host name or address; nil or `localhost` means the Unix socket.
    public var host: String?
    /// TCP port; nil means 3306 or the option files' port.
    public var port: UInt16?
    /// Path of the Unix socket.
    public var socket: String?
    /// User name.
    public var user: String?
    /// Password. Never printed.
    public var password: String?
    /// The database in which unqualified table names are looked up.
    public var database: String?
    /// Protection of the connection.
    public var tls: TLS = .asConfigured
    /// The longest wait for the connection and its handshake, in seconds.
    public var connectTimeout: UInt32 = 10
    /// The longest wait for the server's next bytes, in seconds. It must exceed the time that the server needs for
    /// sorting before the first row.
    public var readTimeout: UInt32 = 300
    /// The character set of results.
    public var resultText: ResultText = .utf8mb4
    /// The option file to read instead of the default ones.
    public var optionFile: String?
    /// The group in the option files that is read in addition to `[client]`; nil reads no option file.
    public var optionGroup: String? = Defaults.optionGroup

    /// Creates a configuration.
    ///
    /// - Parameters:
    ///   - host: Host name or address; nil or `localhost` means the Unix socket.
    ///   - port: TCP port.
    ///   - socket: Path of the Unix socket.
    ///   - user: User name.
    ///   - password: Password.
    ///   - database: The database.
    public init(
        host: String? = nil,
        port: UInt16? = nil,
        socket: String? = nil,
        user: String? = nil,
        password: String? = nil,
        database: String? = nil
    ) {
        self.host = host
        self.port = port
        self.socket = socket
        self.user = user
        self.password = password
        self.database = database
    }
}

extension Configuration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `user@host:port/database`, as far as known; never the password.
    public var description: String {
        var text = user.map { $0 + "@" } ?? ""
        if let host, host != "localhost" || socket == nil {
            text += host + (port.map { ":\($0)" } ?? "")
        } else {
            text += socket ?? "localhost"
        }
        return text + (database.map { "/" + $0 } ?? "")
    }

    /// The same as `description`: a dump must not reveal the password either.
    public var debugDescription: String { description }

    /// A mirror without children, so that `dump` cannot reveal the password.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
