/// The tables of the configuration. A key is declared beside the settings struct that it fills; the readers of the file
/// and of the environment, `config` and the documentation are all driven by this list.
enum KeyTable {
    /// The tables in the order of the commented file.
    static let tables: [TableDeclaration] =
        [
            LanguageSettings.table.declaration,
            PBXSettings.table.declaration, DatabaseSettings.table.declaration, AMISettings.table.declaration,
            DialGuardSettings.table.declaration, WarehouseSettings.table.declaration,
            RetentionSettings.table.declaration, ContactsSettings.table.declaration,
            ReportSettings.table.declaration, ReportSettings.Queue.table.declaration,
            ReportDeliverySettings.table.declaration, ETLSettings.table.declaration,
            ServeSettings.table.declaration,
            AlertSettings.table.declaration, AlertSettings.scheduleTable.declaration,
            AlertSettings.ruleTable.declaration, ReceiverSettings.table.declaration,
            StaffingSettings.table.declaration,
            CallEventSettings.table.declaration, MissedCallSettings.table.declaration,
        ] + HealthMeasure.all.map(\.table.declaration)

    /// The keys of all tables.
    static let keys: [KeyDeclaration] = tables.flatMap(\.keys)

    /// The declaration of a key, if the key exists.
    static func declaration(of path: [String]) -> KeyDeclaration? {
        keys.first { $0.matches(path) }
    }

    /// Whether a table of this path can hold keys, or tables that do.
    static func isTable(_ path: [String]) -> Bool {
        keys.contains { key in
            key.pattern.count > path.count && zip(key.pattern, path).allSatisfy { $0 == "*" || $0 == $1 }
        }
    }
}
