import ArgumentParser

/// The commands in their groups, in the order of the help.
extension CRMVoIP {
    /// Load, report, look: each runs and ends.
    static let batchCommands: [any ParsableCommand.Type] = [ETLCommand.self]

    /// Control of a PBX through its manager interface.
    static let liveCommands: [any ParsableCommand.Type] = []

    /// Is everything as it should be?
    static let healthCommands: [any ParsableCommand.Type] = [ConfigCommand.self, ManualCommand.self]
}
