public import Base

/// Why a warehouse cannot be opened or used. The sentence says what to do.
public struct WarehouseError: CategorisedError {
    /// The kind of failure. New codes may be added.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Kind: String {
            case serverMissing, folder, full, version, start, stop, notRunning, inUse, locked, migration, check,
                list, extensionMissing, distributed
        }

        private let kind: Kind

        private init(_ kind: Kind) {
            self.kind = kind
        }

        /// No suitable PostgreSQL server is installed.
        public static let serverMissing = Code(.serverMissing)
        /// The disk with the data folder is full.
        public static let full = Code(.full)
        /// The data folder cannot be used.
        public static let folder = Code(.folder)
        /// The version of the server or of the data is not supported.
        public static let version = Code(.version)
        /// The embedded server did not start.
        public static let start = Code(.start)
        /// The embedded server did not stop.
        public static let stop = Code(.stop)
        /// The embedded server of another user is not running.
        public static let notRunning = Code(.notRunning)
        /// Another command uses the embedded server.
        public static let inUse = Code(.inUse)
        /// Another command held a lock for too long.
        public static let locked = Code(.locked)
        /// The migrations and the database do not match.
        public static let migration = Code(.migration)
        /// A check cannot be run.
        public static let check = Code(.check)

        /// The list of forgotten numbers cannot be read, or is damaged.
        public static let list = Code(.list)

        /// The server lacks an extension that the work needs.
        public static let extensionMissing = Code(.extensionMissing)

        /// The warehouse is spread over a cluster, where this cannot be done.
        public static let distributed = Code(.distributed)

        /// The code's name.
        public var description: String { kind.rawValue }
    }

    /// The kind of failure.
    public let code: Code
    /// One or two sentences: what is wrong, and what to do about it.
    public let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    init(_ error: FileError) { self.init(error.code == .full ? .full : .folder, error.description) }

    /// Locks and full disks are temporary, a fault in the database's contents is not, and everything else prevents
    /// opening it.
    public var category: ErrorCategory {
        switch code {
        case .locked, .inUse, .full: .tryAgainLater
        case .migration, .check: .failed
        case .list: .badData
        default: .unavailable
        }
    }
}
