import Postgres

/// What a reader should know about the data behind the figures.
enum DataNotes {
    static func collect(_ window: ResolvedWindow, on connection: borrowing Connection) throws -> [String] {
        []
    }
}
