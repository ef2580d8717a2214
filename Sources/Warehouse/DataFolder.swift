import Glibc

/// The folder of the embedded PostgreSQL's data, and the places of the files in it.
public struct DataFolder: Sendable, Hashable {
    /// The folder, without a trailing slash.
    public let path: String

    /// A folder chosen by the user.
    public init(_ path: String) {
        let absolute = path.hasPrefix("/") ? path : "\(Self.workingFolder)/\(path)"
        var end = absolute.endIndex
        while end > absolute.index(after: absolute.startIndex), absolute[absolute.index(before: end)] == "/" {
            end = absolute.index(before: end)
        }
        self.path = String(absolute[..<end])
    }

    /// `$CRM_VOIP_DATA`; otherwise, for root, `/var/lib/crm-voip`; otherwise `$XDG_DATA_HOME/crm-voip` or
    /// `~/.local/share/crm-voip`.
    public static var standard: DataFolder {
        if let path = variable("CRM_VOIP_DATA") { return DataFolder(path) }
        if geteuid() == 0 { return DataFolder("/var/lib/crm-voip") }
        // The specification says that a relative path must be ignored.
        if let path = variable("XDG_DATA_HOME"), path.hasPrefix("/") { return DataFolder("\(path)/crm-voip") }
        let home = variable("HOME") ?? getpwuid(geteuid()).map { String(cString: $0.pointee.pw_dir) } ?? "/"
        return DataFolder("\(home)/.local/share/crm-voip")
    }

    /// The folder in which a package keeps the data of its service.
    public static var ofService: DataFolder { DataFolder("/var/lib/crm-voip") }

    /// PostgreSQL's own data directory.
    var cluster: String { "\(path)/postgresql" }
    /// The folder in which a cluster is created before it is renamed into place. Each process has its own, because the
    /// initdb of a killed command may still be running.
    var unfinishedCluster: String { "\(path)/\(Self.unfinishedPrefix)\(getpid())" }
    /// The common prefix of all ``unfinishedCluster`` folders.
    static let unfinishedPrefix = "postgresql.new-"
    /// The server's log.
    var log: String { "\(path)/postgresql.log" }
    /// Held while the server is being started or stopped.
    var startLock: String { "\(path)/start.lock" }
    /// Held, in shared mode, by every command that uses the server.
    var usersLock: String { "\(path)/users.lock" }

    /// Whether a command gives this name to something in the folder, with or without a database: the locks, the log and
    /// counts of `originate`, the spool of `events --store`, the cache of `health`, the files of `serve`, and the list
    /// of forgotten numbers, which an administrator puts there before restoring a backup.
    static func isOurs(_ name: String) -> Bool {
        ["start.lock", "users.lock", "originate.log", "queue-events-", "health-", "serve-", "forgotten-numbers"]
            .contains { name.hasPrefix($0) }
    }

    /// The folder of the socket: the kernel accepts paths of 107 bytes, of which the file's name takes 14.
    var socketFolder: String {
        let usual = "\(path)/run"
        return usual.utf8.count + 14 <= 107 ? usual : shortSocketFolder
    }

    /// Whether the socket's folder lies where other users can create files.
    var socketIsInSharedFolder: Bool { socketFolder == shortSocketFolder }

    private var shortSocketFolder: String {
        // FNV-1a: different data folders must not share a socket.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in path.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return "/tmp/crm-voip-\(geteuid())-\(String(hash, radix: 16))"
    }

    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }

    private static var workingFolder: String {
        guard let path = getcwd(nil, 0) else { return "" }
        defer { free(path) }
        return String(cString: path)
    }
}
