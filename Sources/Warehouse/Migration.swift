/// A numbered step of the schema: `NNNN_what_it_does.sql`, applied once and never changed afterwards.
public struct Migration: Sendable, Hashable {
    /// Counted from 1; migrations are applied in this order.
    public let number: Int
    /// The file's name.
    public let name: String
    let content: String

    /// Nil if the name does not begin with a number and an underscore.
    init?(_ file: SQLFile) {
        let parts = file.name.split(separator: "_", maxSplits: 1)
        guard parts.count == 2, let number = Int(parts[0]), number > 0 else { return nil }
        self.number = number
        name = file.name
        content = file.content
    }

    /// The migrations among the files, in order.
    ///
    /// - Throws: ``WarehouseError`` for a name without a number, or a number used twice.
    static func all(in files: [SQLFile]) throws(WarehouseError) -> [Migration] {
        var migrations: [Migration] = []
        for file in files.inFolder("") {
            guard let migration = Migration(file) else {
                throw WarehouseError(.migration, "sql/\(file.name) is not named NNNN_what_it_does.sql.")
            }
            migrations.append(migration)
        }
        migrations.sort { $0.number < $1.number }
        for (one, next) in zip(migrations, migrations.dropFirst()) where one.number == next.number {
            throw WarehouseError(.migration, "sql/\(one.name) and sql/\(next.name) have the same number.")
        }
        return migrations
    }
}
