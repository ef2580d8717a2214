public import Configuration
import Glibc
import Postgres
import Warehouse

/// Names that the warehouse knows, for a shell that completes a word: of an embedded database that runs already, within a second.
/// Nothing is started or waited for, and what cannot be had is no error.
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

    /// The agents, as the queue_log names them.
    public var agents: [String] { names("agent") }

    private func names(_ kind: String) -> [String] {
        guard let address, let connection = try? Connection(address),
            (try? connection.execute("set statement_timeout = '1s'")) != nil
        else { return [] }
        return (try? KnownNames(connection))?.all(kind) ?? []
    }
}
