public import Postgres

extension DataFolder {
    /// Where a server that runs lets a reader in; nil where none does. Starts and makes nothing.
    public var runningReader: Address? {
        guard FileSystem.exists("\(socketFolder)/.s.PGSQL.\(EmbeddedServer.port)") else { return nil }
        return .socket(
            directory: socketFolder,
            port: EmbeddedServer.port,
            user: EmbeddedServer.reader,
            database: EmbeddedServer.role
        )
    }
}
