import Base

extension ZoneFiles {
    /// The zone that a request names, which is wrong in another way than one that the configuration names.
    ///
    /// - Throws: ``ServiceError`` with category `usage` for an unknown zone.
    static func load(named name: String) throws -> ZoneTable {
        do { return try load(name) } catch {
            throw ServiceError(.usage, error.description, underlying: error)
        }
    }
}
