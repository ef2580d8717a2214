public import Configuration
import Glibc
import Postgres
import Warehouse

/// Names that the warehouse knows, for completion in a shell: from an embedded database that is already running, within
/// one second. Nothing is started or waited for, and failures are ignored.
public struct NameSuggestions: Sendable {
    private let address: Address?

    /// Suggestions from the configured warehouse.
    public init(_ settings: Settings) {
        guard case .embedded(let folder) = WarehouseAccess(settings).readable else {
            address = nil
            return
        }
        address = folder.runningReader
    }

    /// The queues, each in one of its spellings.
    public var queues: [String] { names("queue") }

    /// The agents, by their names in the queue_log.
    public var agents: [String] { names("agent") }

    private func names(_ kind: String) -> [String] {
        guard let address, let connection = try? Connection(address),
            (try? connection.execute("set statement_timeout = '1s'")) != nil
        else { return [] }
        return (try? KnownNames(connection))?.all(kind) ?? []
    }
}
