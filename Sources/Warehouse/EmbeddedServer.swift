import Glibc
import Postgres

/// A PostgreSQL server of our own in a data folder: started by the first command that needs it, stopped by the last.
///
/// Two lock files make that safe. `start.lock` is held exclusively by whoever starts or stops the server. `users.lock`
/// is held, shared, by every command while it uses the server; whoever can take it exclusively is the last. The kernel
/// drops both with a process that is killed, so nothing has to be cleaned up.
struct EmbeddedServer: ~Copyable {
    /// The cluster's superuser, which prepares roles and nothing else, and the database.
    static let role = "crm_voip"
    /// As whom the warehouse is used.
    static let owner = "voip_owner"
    /// As whom reports of the user's own read it.
    static let reader = "voip_reader"
    static let port = 5432

    let folder: DataFolder
    let user: ServerUser
    private let startLock: FileLock
    private let usersLock: FileLock

    init(_ folder: DataFolder) throws(WarehouseError) {
        let user = try ServerUser.forCluster(folder.cluster)
        // Before, so that nothing is made in vain; after, because the umask may have closed what was made.
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

    /// The major version that made the cluster; nil if there is none.
    var dataVersion: Int? {
        FileSystem.read("\(folder.cluster)/PG_VERSION").flatMap { Int($0.prefix { $0.isNumber }) }
    }

    /// Makes the cluster if there is none, starts the server if it does not run, and counts this process as a user.
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

    /// Ends this process's use, and stops the server if it was the last, unless it is to be kept or a member of the group reads.
    func release(keep: Bool) async throws {
        // Cleaning up has to be done also where the command was cancelled.
        try await startLock.lock(.exclusive, evenIfCancelled: true)
        defer { startLock.unlock() }
        usersLock.unlock()
        guard !keep, usersLock.tryLock(.exclusive) else { return }
        defer { usersLock.unlock() }
        guard !isReadByOthers else { return }
        try await stop()
    }

    /// Stops a server that nobody uses.
    ///
    /// - Returns: Whether there was one to stop.
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

    /// Root may have made the folder, by hand or by a command that keeps something there. With what is ours it is given to
    /// the server's user; in any other there are things that are not ours.
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
                    + "Set CRM_VOIP_DATA to an empty folder, or to one that is yet to be made."
            )
        }
        for name in names { try FileSystem.own("\(folder.path)/\(name)", user) }
        try FileSystem.own(folder.path, user)
    }

    /// PostgreSQL's user must be able to walk to the folder; root's own home, for instance, is closed to others.
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
    /// The last line that says something: programs of PostgreSQL put the reason there.
    var lastLine: String {
        split(whereSeparator: \.isNewline).last.map { String($0) } ?? "no reason given."
    }
}
