import Glibc
import Postgres

/// Our own PostgreSQL server in a data folder: started by the first command that needs it, stopped by the last.
///
/// Two lock files make that safe. `start.lock` is held exclusively while the server is started or stopped. `users.lock`
/// is held in shared mode by every command while it uses the server; a command that can take it exclusively is the
/// last. The kernel releases both when a process is killed, so nothing has to be cleaned up.
struct EmbeddedServer: ~Copyable {
    /// The cluster's superuser, used only to prepare roles, and the name of the database.
    static let role = "crm_voip"
    /// The role with which the warehouse is used.
    static let owner = "voip_owner"
    /// The role with which the user's own reports read it.
    static let reader = "voip_reader"
    static let port = 5432

    let folder: DataFolder
    let user: ServerUser
    private let startLock: FileLock
    private let usersLock: FileLock

    init(_ folder: DataFolder) throws(WarehouseError) {
        let user = try ServerUser.forCluster(folder.cluster)
        // Checked before, so that nothing is created needlessly; and after, because the umask may have restricted the
        // new folder.
        try Self.checkReach(of: user, to: folder.path)
        try FileSystem.makeFolder(folder.path, permissions: 0o700, owner: user)
        try Self.checkReach(of: user, to: folder.path)
        let startLock = try FileLock(folder.startLock, owner: user)
        let usersLock = try FileLock(folder.usersLock, owner: user)
        self.init(folder: folder, user: user, startLock: startLock, usersLock: usersLock)
    }

    private init(
        folder: DataFolder,
        user: ServerUser,
        startLock: consuming FileLock,
        usersLock: consuming FileLock
    ) {
        self.folder = folder
        self.user = user
        self.startLock = startLock
        self.usersLock = usersLock
    }

    var address: Address {
        .socket(directory: folder.socketFolder, port: Self.port, user: Self.owner, database: Self.role)
    }

    var readerAddress: Address {
        .socket(directory: folder.socketFolder, port: Self.port, user: Self.reader, database: Self.role)
    }

    var superuserAddress: Address {
        .socket(directory: folder.socketFolder, port: Self.port, user: Self.role, database: Self.role)
    }

    /// The major version that created the cluster; nil if there is none.
    var dataVersion: Int? {
        FileSystem.read("\(folder.cluster)/PG_VERSION").flatMap { Int($0.prefix { $0.isNumber }) }
    }

    /// Creates the cluster if necessary, starts the server if it is not running, and registers this process as a user
    /// of it.
    func use() async throws {
        try await startLock.lock(.exclusive)
        defer { startLock.unlock() }
        guard !isRunning else {
            try prepareRoles()
            try await usersLock.lock(.shared)
            return
        }
        let installed = await ServerPackage.installed()
        let package = try ServerPackage.choose(for: dataVersion, folder: folder.path, from: installed)
        if dataVersion == nil {
            try takeOverFolder()
            try await makeCluster(package)
        }
        try await prepareSocketFolder()
        try await start(package)
        try prepareRoles()
        try await admitGroup()
        try await usersLock.lock(.shared)
    }

    /// Ends this process's use. Stops the server if this was the last user, unless it is to keep running or a member of
    /// the group is reading.
    func release(keep: Bool) async throws {
        // Cleaning up is necessary even if the command was cancelled.
        try await startLock.lock(.exclusive, evenIfCancelled: true)
        defer { startLock.unlock() }
        usersLock.unlock()
        guard !keep, usersLock.tryLock(.exclusive) else { return }
        defer { usersLock.unlock() }
        guard !isReadByOthers else { return }
        try await stop()
    }

    /// Stops a server that is not in use.
    ///
    /// - Returns: Whether a server was stopped.
    func stopIdle() async throws -> Bool {
        try await startLock.lock(.exclusive)
        defer { startLock.unlock() }
        guard postmaster != nil else { return false }
        guard usersLock.tryLock(.exclusive) else {
            throw WarehouseError(
                .inUse,
                "Another command uses the database in \(folder.path). Try again when it is done."
            )
        }
        defer { usersLock.unlock() }
        try await stop()
        return true
    }

    private func stop() async throws {
        guard postmaster != nil, let version = dataVersion else { return }
        let installed = await ServerPackage.installed()
        let package = try ServerPackage.choose(for: version, folder: folder.path, from: installed)
        let arguments = ["stop", "-D", folder.cluster, "-m", "fast", "-w", "-t", "120", "-s"]
        let result = try await ServerProgram("\(package.bin)/pg_ctl", arguments, as: user).run()
        guard result.isSuccess || postmaster == nil else {
            throw WarehouseError(.stop, "The database in \(folder.path) did not stop: \(result.output.lastLine)")
        }
    }

    /// Root may have created the folder, by hand or through a command that keeps files there. If it contains only our
    /// files, it is given to the server's user; otherwise it is left alone.
    private func takeOverFolder() throws(WarehouseError) {
        guard user.uid != geteuid(), let attributes = FileSystem.attributes(folder.path), attributes.isFolder,
            attributes.owner == geteuid(), !FileSystem.exists(folder.cluster)
        else { return }
        let names = FileSystem.names(in: folder.path)
        guard names.allSatisfy(DataFolder.isOurs) else {
            if attributes.permissions & 0o002 != 0 { return }
            throw WarehouseError(
                .folder,
                "\(folder.path) belongs to root, and the database runs as the user \(user.name), who may not write there. "
                    + "Set CRM_VOIP_DATA to an empty folder, or to one that does not exist yet."
            )
        }
        for name in names { try FileSystem.own("\(folder.path)/\(name)", user) }
        try FileSystem.own(folder.path, user)
    }

    /// The PostgreSQL user must be able to reach the folder; root's home, for instance, is closed to others.
    private static func checkReach(of user: ServerUser, to path: String) throws(WarehouseError) {
        guard user.uid != geteuid() else { return }
        var folder = FileSystem.parent(path)
        while folder != "/" {
            var status = stat()
            let isThere = stat(folder, &status) == 0
            let wanted: mode_t = status.st_uid == user.uid ? 0o100 : status.st_gid == user.gid ? 0o010 : 0o001
            guard !isThere || status.st_mode & wanted != 0 else {
                throw WarehouseError(
                    .folder,
                    "The database runs as the user \(user.name), who may not enter \(folder). Set CRM_VOIP_DATA to a "
                        + "folder outside of it, such as /var/lib/crm-voip."
                )
            }
            folder = FileSystem.parent(folder)
        }
    }
}

extension String {
    /// The last line with content: PostgreSQL programs print the reason there.
    var lastLine: String {
        split(whereSeparator: \.isNewline).last.map { String($0) } ?? "no reason given."
    }
}
