public import Postgres

extension DataFolder {
    /// The address at which a running server admits a reader; nil if there is none. Starts and creates nothing.
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
