internal import CFileUser
internal import Glibc

/// A private file of the user to whom its folder belongs.
///
/// Root, who may run any command on a service's data, becomes that user for the opening (`setfsuid(2)`, of this thread only),
/// so that a link in the service's folder leads root nowhere that the service itself could not go, and so that a file which
/// root creates is the service's. No link is followed below a folder of somebody else than root.
enum OwnersFile {
    /// Opens a file, creating it and its folders if they are missing, for `flags`, which may be `O_RDWR` or `O_WRONLY | O_APPEND`.
    ///
    /// - Returns: The descriptor, for the caller to close.
    /// - Throws: ``ManagerError`` with code `file`
    static func open(_ path: String, _ flags: Int32) throws(ManagerError) -> Int32 {
        let wasRoot = geteuid() == 0
        defer { if wasRoot { become(uid: 0, gid: getegid()) } }
        var parts = path.split(separator: "/").map(String.init)
        guard let name = parts.popLast() else { throw unusable(path, "it is not the name of a file") }
        var folder = Glibc.open(path.hasPrefix("/") ? "/" : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw unusable(path) }
        defer { close(folder) }
        for part in parts {
            if wasRoot { becomeOwner(of: folder) }
            let next = openFolder(part, in: folder)
            guard next >= 0 else { throw unusable(path) }
            close(folder)
            folder = next
        }
        if wasRoot { becomeOwner(of: folder) }
        let mode = flags | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
        let file = openat(folder, name, mode, 0o600)
        guard file >= 0 else { throw unusable(path) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 1 else {
            close(file)
            throw unusable(path, "it is no file of its own")
        }
        return file
    }

    private static func openFolder(_ name: String, in folder: Int32) -> Int32 {
        var status = stat()
        if fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0 {
            guard errno == ENOENT, mkdirat(folder, name, 0o700) == 0 || errno == EEXIST else { return -1 }
            return openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        }
        // Links that root made, such as /var/run, lead where root wants.
        let isRootsLink = status.st_mode & S_IFMT == S_IFLNK && status.st_uid == 0
        let mine = status.st_uid == geteuid() && geteuid() != 0
        let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (isRootsLink || mine ? 0 : O_NOFOLLOW)
        return openat(folder, name, flags)
    }

    private static func becomeOwner(of folder: Int32) {
        var status = stat()
        guard fstat(folder, &status) == 0, status.st_uid != 0 else { return }
        become(uid: status.st_uid, gid: status.st_gid)
    }

    private static func become(uid: uid_t, gid: gid_t) {
        setfsgid(gid)
        setfsuid(uid)
    }

    private static func unusable(_ path: String, _ reason: String? = nil) -> ManagerError {
        ManagerError(.file, "The file \(path) cannot be used: \(reason ?? String(cString: strerror(errno))).")
    }
}
