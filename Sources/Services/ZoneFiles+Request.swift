import Base

extension ZoneFiles {
    /// The zone named in a request; an unknown one is a usage error, not a configuration error.
    ///
    /// - Throws: ``ServiceError`` with category `usage` for an unknown zone.
    static func load(named name: String) throws -> ZoneTable {
        do { return try load(name) } catch {
            throw ServiceError(.usage, error.description, underlying: error)
        }
    }
}
