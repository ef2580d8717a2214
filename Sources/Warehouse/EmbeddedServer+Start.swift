import Base
import Glibc
import Postgres

extension EmbeddedServer {
    /// Whether the server answers.
    var isRunning: Bool {
        guard postmaster != nil else { return false }
        return (try? Connection(superuserAddress)) != nil
    }

    /// The process id of this cluster's running server; nil if postmaster.pid is missing or stale.
    var postmaster: pid_t? {
        guard let content = FileSystem.read("\(folder.cluster)/postmaster.pid"),
            let line = content.split(separator: "\n").first, let pid = pid_t(line),
            isServer(pid)
        else { return nil }
        return pid
    }

    /// Whether a process is the cluster's server, rather than one that reused the process id of a killed server.
    private func isServer(_ pid: pid_t) -> Bool {
        // `PID (NAME) STATE …`; a zombie has the server's name until its parent reaps it.
        guard FileSystem.attributes("/proc/\(pid)")?.owner == user.uid,
            let status = FileSystem.status(ofProcess: pid)?.split(separator: " "), status.count > 2,
            status[1].hasPrefix("(postgres") || status[1].hasPrefix("(postmaster"),
            status[2] != "Z" && status[2] != "X"
        else { return false }
        // The server's working directory is its cluster. In a container, root may not be allowed to see that; the other
        // checks decide then.
        guard let folder = FileSystem.target(ofLink: "/proc/\(pid)/cwd") else { return true }
        return folder == FileSystem.realPath(self.folder.cluster)
    }

    /// Starts the server and waits until it answers.
    func start(_ package: ServerPackage) async throws {
        guard try await !becomesReady() else { return }
        try await write(settings, to: "\(folder.cluster)/crm-voip.conf")
        try await writeLogins()
        let arguments = ["start", "-D", folder.cluster, "-l", folder.log, "-w", "-t", "120", "-s"]
        let deadline = ContinuousClock.now + .seconds(30)
        while true {
            if postmaster == nil { removeTraces() }
            let begun = logSize
            let result = try await ServerProgram("\(package.bin)/pg_ctl", arguments, as: user).run()
            if result.isSuccess || isRunning { return }
            // The children of a killed server need a moment to notice, and keep its shared memory until then.
            let reason = logTail(from: begun)
            guard reason.contains("shared memory block"), ContinuousClock.now < deadline else {
                let sentence = reason.isEmpty ? result.output.lastLine : reason
                throw WarehouseError(
                    .start,
                    "The database in \(folder.path) does not start: \(sentence) See \(folder.log)."
                )
            }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    /// Waits for a server that a killed command left while it was starting or stopping.
    ///
    /// - Returns: Whether the server is usable; if not, it is gone.
    private func becomesReady() async throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(120)
        while postmaster != nil {
            if isRunning { return true }
            guard ContinuousClock.now < deadline else {
                throw WarehouseError(.start, "The database in \(folder.path) does not answer. See \(folder.log).")
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        return false
    }

    /// Removes what a killed server left behind. PostgreSQL would take any process that reused the old process id for
    /// the server, even a zombie. The shared memory of surviving children keeps a second server from starting in any
    /// case.
    private func removeTraces() {
        try? Folder.remove("\(folder.cluster)/postmaster.pid")
        try? Folder.remove("\(folder.socketFolder)/.s.PGSQL.\(Self.port).lock")
    }

    /// Creates a folder for the socket that only the server's user can enter, until ``admitGroup()``.
    private func makeSocketFolder() throws(WarehouseError) {
        let path = folder.socketFolder
        try FileSystem.makeFolder(path, permissions: 0o700, owner: user)
        // In /tmp, another user may have created it first.
        guard let attributes = FileSystem.attributes(path), attributes.isFolder, attributes.owner == user.uid,
            attributes.permissions & 0o077 == 0
        else {
            throw WarehouseError(
                .folder,
                "\(path) is not a folder that only the user \(user.name) may enter. Remove it and try again."
            )
        }
    }

    /// Creates the folder for the socket, or closes it to the group again until the server has loaded its logins.
    func prepareSocketFolder() async throws {
        let attributes = FileSystem.attributes(folder.socketFolder)
        if !folder.socketIsInSharedFolder, attributes?.owner == user.uid, attributes?.permissions == 0o750 {
            try await setPermissions("0700", of: folder.socketFolder)
        }
        try makeSocketFolder()
    }

    /// Settings for bulk loading on a machine that has other work too. Written before every start, so that a new
    /// release can change them; settings after the include in postgresql.conf take precedence.
    private var settings: String {
        """
        # Written by crm-voip before every start. Your own settings go to the end of postgresql.conf.
        listen_addresses = ''
        port = \(Self.port)
        unix_socket_directories = \(SQL.literal(folder.socketFolder))
        unix_socket_permissions = \(isOpenToGroup ? "0770" : "0700")
        max_connections = 40
        shared_buffers = 256MB
        maintenance_work_mem = 128MB
        work_mem = 32MB
        effective_cache_size = 1GB
        random_page_cost = 1.1
        jit = off
        # Nothing is replicated or archived, so bulk loads need not be written twice.
        wal_level = minimal
        max_wal_senders = 0
        max_wal_size = 4GB
        checkpoint_timeout = 15min
        checkpoint_completion_target = 0.9
        synchronous_commit = on
        timezone = 'UTC'
        log_timezone = 'UTC'
        lc_messages = 'C'
        # Statements hold callers' numbers, and a reason to log them only arises in tests.
        log_min_error_statement = panic
        log_checkpoints = off

        """
    }

    private var logSize: Int {
        var status = stat()
        return stat(folder.log, &status) == 0 ? Int(status.st_size) : 0
    }

    /// The last failure in the server's log since the log had the given size.
    private func logTail(from size: Int) -> String {
        let lines = (FileSystem.tail(of: folder.log, from: Int64(size)) ?? "").split(separator: "\n")
        guard let line = lines.last(where: { $0.contains("FATAL:") || $0.contains("PANIC:") }) else { return "" }
        let reason = line.split(separator: ":  ", maxSplits: 1).last ?? line
        return "\(reason)."
    }
}
