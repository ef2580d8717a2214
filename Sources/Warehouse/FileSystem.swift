import Base
import Glibc

/// The few calls on files that the embedded server needs, with errors that name the path.
enum FileSystem {
    struct Attributes {
        let owner: uid_t
        let group: gid_t
        let permissions: mode_t
        let isFolder: Bool
    }

    /// Attributes of the file at a path, without following a symbolic link; nil if nothing exists there.
    static func attributes(_ path: String) -> Attributes? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        return Attributes(
            owner: status.st_uid,
            group: status.st_gid,
            permissions: status.st_mode & 0o7777,
            isFolder: status.st_mode & S_IFMT == S_IFDIR
        )
    }

    static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    /// Creates a folder and its missing parents. Existing folders keep their permissions.
    static func makeFolder(_ path: String, permissions: mode_t, owner: ServerUser) throws(WarehouseError) {
        do throws(FileError) {
            // The parents are not private, and belong to the current user.
            let parent = parent(path)
            if parent != path { try Folder.make(parent, permissions: 0o755) }
            try Folder.make(
                path,
                permissions: UInt32(permissions),
                owner: FileOwner(user: owner.uid, group: owner.gid)
            )
        } catch {
            throw WarehouseError(error)
        }
    }

    static func own(_ path: String, _ owner: ServerUser) throws(WarehouseError) {
        guard owner.uid != geteuid() else { return }
        guard lchown(path, owner.uid, owner.gid) == 0 else { throw failure("give away", path) }
    }

    /// A small file of the server's; nil if it cannot be read.
    static func read(_ path: String) -> String? { tail(of: path, from: 0) }

    /// What was appended to a file of the server's since it had the given size, at most its last 64 KiB; nil if it
    /// cannot be read.
    static func tail(of path: String, from size: Int64) -> String? {
        guard let file = try? OpenFile(reading: path) else { return nil }
        let end = file.size
        let start = max(size, end - (64 << 10), 0)
        guard end >= start, let bytes = try? file.read(Int(end - start), at: start) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The kernel's status of a process; nil if there is no such process.
    static func status(ofProcess pid: pid_t) -> String? {
        let descriptor = open("/proc/\(pid)/stat", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }

    /// The names in a folder, unsorted, without `.` and `..`; empty if the folder does not exist.
    static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// The target of a symbolic link; nil if it cannot be read.
    static func target(ofLink path: String) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
            guard let base = buffer.baseAddress else { return nil }
            let count = readlink(path, base, buffer.count)
            guard count >= 0 else { return nil }
            return String(decoding: UnsafeRawBufferPointer(buffer).prefix(count), as: UTF8.self)
        }
    }

    /// A path without symbolic links; nil if nothing stands there.
    static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    static func parent(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func failure(_ verb: String, _ path: String) -> WarehouseError {
        let reason = String(cString: strerror(errno))
        return WarehouseError(.folder, "Cannot \(verb) \(path): \(reason).")
    }
}
