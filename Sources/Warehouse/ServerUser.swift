import Glibc

/// The user who runs the embedded server.
struct ServerUser: Sendable, Hashable {
    let name: String
    let uid: uid_t
    let gid: gid_t

    /// The user of this process.
    static var current: ServerUser {
        ServerUser(uid: geteuid()) ?? ServerUser(name: String(geteuid()), uid: geteuid(), gid: getegid())
    }

    /// The user for a data folder. Root must choose another user for its server, as PostgreSQL refuses to run as root.
    ///
    /// That is the owner of the existing cluster; otherwise the owner of the folder for it, as created by a package for
    /// its service; otherwise `postgres`.
    static func forCluster(_ cluster: String) throws(WarehouseError) -> ServerUser {
        let owner = FileSystem.attributes(cluster)?.owner
        guard geteuid() == 0 else {
            guard owner == nil || owner == geteuid() else {
                throw WarehouseError(
                    .folder,
                    "\(cluster) belongs to another user. Run crm-voip as that user, or set CRM_VOIP_DATA to a folder "
                        + "of your own."
                )
            }
            return .current
        }
        let candidates = [owner, FileSystem.attributes(FileSystem.parent(cluster))?.owner]
        if let owner = candidates.compactMap({ $0 }).first, owner != 0, let user = ServerUser(uid: owner) {
            return user
        }
        guard let user = ServerUser(name: "postgres") else {
            throw WarehouseError(
                .serverMissing,
                "There is no user postgres to run the database as. Install the package postgresql, or run crm-voip as "
                    + "an ordinary user."
            )
        }
        return user
    }

    private init(name: String, uid: uid_t, gid: gid_t) {
        self.name = name
        self.uid = uid
        self.gid = gid
    }

    /// The name of the user's own group, or its number.
    var groupName: String { getgrgid(gid).map { String(cString: $0.pointee.gr_name) } ?? String(gid) }

    init?(uid: uid_t) {
        guard let entry = getpwuid(uid) else { return nil }
        self.init(name: String(cString: entry.pointee.pw_name), uid: uid, gid: entry.pointee.pw_gid)
    }

    private init?(name: String) {
        guard let entry = getpwnam(name) else { return nil }
        self.init(name: name, uid: entry.pointee.pw_uid, gid: entry.pointee.pw_gid)
    }
}
