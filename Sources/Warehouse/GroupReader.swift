import Base
import Glibc
import Postgres

/// The embedded warehouse of another user, as a member of that user's group reads it. The server has to run: nobody starts one
/// in another user's folder.
struct GroupReader {
    private let folder: DataFolder
    private let owner: ServerUser

    /// Nil where the warehouse is this user's own, and for root, who becomes its owner.
    init?(_ folder: DataFolder) {
        // Where this user may not enter the folder, nothing in it can be seen.
        guard geteuid() != 0,
            let attributes = FileSystem.attributes(folder.cluster) ?? FileSystem.attributes(folder.path),
            attributes.owner != geteuid(), let owner = ServerUser(uid: attributes.owner)
        else { return nil }
        self.folder = folder
        self.owner = owner
    }

    var address: Address {
        .socket(
            directory: folder.socketFolder,
            port: EmbeddedServer.port,
            user: EmbeddedServer.reader,
            database: EmbeddedServer.role
        )
    }

    /// A session as `voip_reader`.
    ///
    /// - Throws: ``WarehouseError`` where the folder is closed to this user, or no server runs; `PostgresError`.
    func connect() throws -> Connection {
        guard folder.opensToGroup(of: owner), !folder.socketIsInSharedFolder else {
            throw WarehouseError(
                .folder,
                "\(folder.path) belongs to the user \(owner.name) and is closed to others. Run crm-voip as that user, or set "
                    + "CRM_VOIP_DATA to a folder of your own. To let members of its group read, close it to others and open "
                    + "it to the group: chmod 0750 \(folder.path)"
            )
        }
        guard access(folder.path, R_OK | X_OK) == 0 else {
            throw WarehouseError(
                .folder,
                "The warehouse in \(folder.path) belongs to the user \(owner.name), and only members of the group "
                    + "\(owner.groupName) may read it. Ask an administrator to add you to that group, then log in again."
            )
        }
        let socket = "\(folder.socketFolder)/.s.PGSQL.\(EmbeddedServer.port)"
        guard access(socket, F_OK) == 0 else { throw access(folder.socketFolder, X_OK) == 0 ? notRunning : notAdmitted }
        do {
            return try Warehouse.session(address)
        } catch let error as PostgresError where error.code == .connection && error.sqlState == nil {
            // A server that was killed leaves its socket behind.
            throw notRunning
        }
    }

    private var notRunning: WarehouseError {
        WarehouseError(
            .notRunning,
            "The database in \(folder.path) is not running, and only the user \(owner.name) or root can start it. "
                + "Ask an administrator to keep it running: systemctl enable --now crm-voip-warehouse.service, or "
                + "crm-voip warehouse run."
        )
    }

    /// The folder of the socket is open to the group only while a server runs that was started for it.
    private var notAdmitted: WarehouseError {
        WarehouseError(
            .notRunning,
            "The database in \(folder.path) is not running, or was started before its folder was opened to the group. "
                + "Only the user \(owner.name) or root can start it: crm-voip warehouse stop, then crm-voip warehouse run."
        )
    }
}
