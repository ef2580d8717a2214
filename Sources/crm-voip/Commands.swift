import ArgumentParser

/// The commands in their groups, in the order of the help.
extension CRMVoIP {
    /// Loading, reporting and inspecting: each command runs and ends.
    static let batchCommands: [any ParsableCommand.Type] = [
        ETLCommand.self, ReportCommand.self, CallsCommand.self, CallCommand.self, InspectCommand.self,
        ContactsCommand.self,
        WarehouseCommand.self,
    ]

    /// Control of a PBX through its manager interface.
    static let liveCommands: [any ParsableCommand.Type] = [
        OriginateCommand.self, HangupCommand.self, TransferCommand.self, ParkCommand.self, SpyCommand.self,
        BridgeCommand.self, DTMFCommand.self, AuditCommand.self, ChannelsCommand.self, ChannelCommand.self,
        QueueCommand.self,
        EventsCommand.self, ServeCommand.self, AlertsCommand.self, StaffingCommand.self,
    ]

    /// Is everything as it should be?
    static let healthCommands: [any ParsableCommand.Type] = [
        HealthCommand.self, DoctorCommand.self, ConfigCommand.self, ManualCommand.self,
    ]
}
