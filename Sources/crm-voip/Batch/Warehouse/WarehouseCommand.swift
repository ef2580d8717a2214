import ArgumentParser

/// The warehouse itself: its schema, its contents, its integrity.
struct WarehouseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "warehouse",
        abstract: "Look after the database that holds the calls.",
        subcommands: [
            WarehouseMigrate.self, WarehouseStatus.self, WarehouseCheck.self, WarehousePrune.self, WarehouseForget.self,
            WarehousePartition.self, WarehouseDistribute.self, WarehouseRun.self, WarehouseStop.self,
        ]
    )
}
