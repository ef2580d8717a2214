import Alerts
import Base
import Configuration

/// The files of staffing in the data directory: what the machine remembers, and a lock.
struct StaffingFiles: Sendable {
    let statePath: String
    private let lockPath: String

    /// The files of a configuration.
    init(_ settings: Settings) {
        statePath = "\(settings.warehouse.dataDirectory)/staffing-state.json"
        lockPath = "\(settings.warehouse.dataDirectory)/staffing.lock"
    }

    /// What the machine remembered; nil if there is no file.
    ///
    /// - Throws: `FileError` if it cannot be read; ``ServiceError`` if it is damaged.
    func memory() throws -> StaffingMemory? { try StateFile.read(statePath) }

    /// Replaces what the machine remembers.
    func write(_ memory: StaffingMemory) throws { try StateFile.write(memory, to: statePath) }

    /// Keeps other programs from staffing queues while `body` does, which would put everybody in twice.
    ///
    /// - Returns: Whether it was done; false if another program does it.
    /// - Throws: `FileError`
    func whileLocked(_ body: () async -> Void) async throws -> Bool {
        try Folder.make(Folder.parent(of: lockPath))
        let file = try OpenFile(appendingTo: lockPath)
        guard file.tryLock() else { return false }
        await body()
        return true
    }
}
