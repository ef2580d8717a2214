import Base
import Postgres

/// Members of a group as readers of the warehouse.
///
/// The mode of the data folder says who may read its contents, as for any folder. If the folder can be read and entered
/// by its owner's own group and by nobody else, as a package creates it for its service (mode 0750), the members of
/// this group may read the warehouse. They reach the server's socket, and the server asks the kernel who they are: it
/// admits its own user and root as any role, and everybody else as `voip_reader`.
extension EmbeddedServer {
    /// Whether members of the group may read the warehouse.
    var isOpenToGroup: Bool {
        !folder.socketIsInSharedFolder && folder.opensToGroup(of: user) && loginsAreOurs
    }

    /// The logins of a new cluster, and of any cluster in a private folder: only its user and root can reach the
    /// socket.
    static let trustingLogins = "local all all trust\n"

    private var loginsPath: String { "\(folder.cluster)/pg_hba.conf" }

    private static let mark = "# Written by crm-voip before every start.\n"

    /// Whether pg_hba.conf is as crm-voip writes it. A modified one is kept, and the socket is not opened to the group.
    private var loginsAreOurs: Bool {
        guard let logins = FileSystem.read(loginsPath) else { return false }
        return logins == Self.trustingLogins || logins.hasPrefix(Self.mark)
    }

    /// Writes which user may log in as which role.
    func writeLogins() async throws {
        guard loginsAreOurs else { return }
        guard isOpenToGroup else { return try await write(Self.trustingLogins, to: loginsPath) }
        let quoted = user.name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        // A name that begins with a slash is a regular expression; this one matches every user.
        let map = """
            \(Self.mark)\
            own "\(quoted)" \(Self.role)
            own "\(quoted)" \(Self.owner)
            own "\(quoted)" \(Self.reader)
            own root \(Self.role)
            own root \(Self.owner)
            own root \(Self.reader)
            group /^ \(Self.reader)

            """
        try await write(map, to: "\(folder.cluster)/pg_ident.conf")
        let logins = "\(Self.mark)local \(Self.role) \(Self.reader) peer map=group\nlocal all all peer map=own\n"
        try await write(logins, to: loginsPath)
    }

    /// Opens the socket to the group, provided that the running server checks every client's user.
    func admitGroup() async throws {
        guard isOpenToGroup, FileSystem.attributes(folder.socketFolder)?.group == user.gid else { return }
        let superuser = try Connection(superuserAddress)
        // Settings at the end of postgresql.conf may point to files other than ours.
        let isStrict = try superuser.query(
            """
            select count(*) = 2 and bool_and(type = 'local' and auth_method = 'peer' and error is null)
            from pg_hba_file_rules
            """
        ).first { row throws(PostgresError) in try row.bool(0) }
        guard isStrict == true else { return }
        try await setPermissions("0750", of: folder.socketFolder)
    }

    /// Whether a member of the group is reading the warehouse. They take no lock, because they cannot write to the folder.
    var isReadByOthers: Bool {
        guard isOpenToGroup, let superuser = try? Connection(superuserAddress) else { return false }
        let sessions = try? superuser.query(
            "select 1 from pg_stat_activity where usename = $1",
            [.text(Self.reader)]
        )
        return sessions?.isEmpty == false
    }

    /// Root never works in another user's folder itself.
    func setPermissions(_ permissions: String, of path: String) async throws {
        let result = try await ServerProgram("/bin/chmod", [permissions, path], as: user).run()
        guard result.isSuccess else {
            throw WarehouseError(.folder, "Cannot change the mode of \(path): \(result.output.lastLine)")
        }
    }
}

extension DataFolder {
    /// Whether the folder's mode lets members of the user's own group read it, and gives other users no access.
    func opensToGroup(of user: ServerUser) -> Bool {
        guard let attributes = FileSystem.attributes(path), attributes.isFolder else { return false }
        return attributes.owner == user.uid && attributes.group == user.gid && attributes.permissions & 0o077 == 0o050
    }
}
