import Alerts
import Base
public import Configuration

/// The files of the alerts in the data directory: what the machine remembers, and the silences.
public struct AlertFiles: Sendable {
    let statePath: String
    let silencesPath: String
    private let lockPath: String

    /// The files of a configuration.
    public init(_ settings: Settings) {
        statePath = "\(settings.warehouse.dataDirectory)/alerts-state.json"
        silencesPath = "\(settings.warehouse.dataDirectory)/alerts-silences.json"
        lockPath = "\(settings.warehouse.dataDirectory)/alerts.lock"
    }

    /// What the machine remembered; nil if there is no file.
    ///
    /// - Throws: `FileError` if it cannot be read; ``ServiceError`` if it is not one of ours.
    func memory() throws -> AlertMemory? { try StateFile.read(statePath) }

    /// Replaces what the machine remembers.
    func write(_ memory: AlertMemory) throws { try StateFile.write(memory, to: statePath) }

    /// The silences that are not over.
    func silences(at now: Moment) throws -> [AlertSilence] {
        (try StateFile.read(silencesPath) ?? [AlertSilence]()).filter { $0.until > now }
    }

    /// Changes the silences that are not over; two programs that do so at the same time do it one after the other.
    func changeSilences(at now: Moment, _ change: (inout [AlertSilence]) throws -> Void) throws {
        try Folder.make(Folder.parent(of: silencesPath))
        let file = try OpenFile(appendingTo: "\(silencesPath).lock")
        try file.lock()
        var silences = try silences(at: now)
        try change(&silences)
        try StateFile.write(silences, to: silencesPath)
    }

    /// Keeps other programs from evaluating the alerts while `body` does, which would tell everybody twice.
    ///
    /// - Throws: ``ServiceError`` if another program does; `FileError`.
    func whileLocked(_ body: () async -> Void) async throws {
        try Folder.make(Folder.parent(of: lockPath))
        let file = try OpenFile(appendingTo: lockPath)
        guard file.tryLock() else {
            throw ServiceError(
                .locked,
                "Another crm-voip evaluates the alerts already: `serve` and `alerts run` do the same. End one of them."
            )
        }
        await body()
    }
}
