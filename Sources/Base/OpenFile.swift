import Glibc
import SystemPackage

/// A file that this program opened for writing, and that belongs to this program only. Closes the descriptor.
///
/// Opening follows no link and does not block on a FIFO, so that a name in a folder that others may write to cannot
/// lead elsewhere. Root opens the file as the user who owns the folder, and a file created there belongs to that user.
public struct OpenFile: ~Copyable {
    /// The file, for messages.
    public let path: String
    let descriptor: FileDescriptor

    /// Creates a file that must not exist.
    ///
    /// - Throws: ``FileError`` with code `exists` if the name is taken.
    public init(creating path: String, permissions: UInt32 = 0o600) throws(FileError) {
        let number = try OwnedFolder.of(path, to: "write") { (folder, name) throws(FileError) in
            folder.open(name, O_RDWR | O_CREAT | O_EXCL, permissions)
        }
        guard number >= 0 else { throw FileError("write", path, errno: errno) }
        (self.path, descriptor) = (path, FileDescriptor(rawValue: number))
    }

    /// Opens a file for appending. Creates it if it is missing; with `folders`, its folders too.
    ///
    /// - Throws: ``FileError`` with code `notTrusted` if the name does not lead to a file of this user: if it is a
    ///   link, a device, a file with a second name, or a file owned by anyone but this user and root.
    public init(
        appendingTo path: String,
        permissions: UInt32 = 0o600,
        folders: UInt32? = nil
    ) throws(FileError) {
        try self.init(path, O_RDWR | O_CREAT | O_APPEND, permissions, folders, "write")
    }

    /// Opens a file for reading and writing; creates it if it is missing.
    ///
    /// - Parameter owner: the user to whom root gives a new file in a folder of its own, and who may own an existing
    ///   one.
    /// - Throws: ``FileError`` as ``init(appendingTo:permissions:folders:)``.
    public init(
        updating path: String,
        permissions: UInt32 = 0o600,
        folders: UInt32? = nil,
        owner: FileOwner? = nil
    ) throws(FileError) {
        try self.init(path, O_RDWR | O_CREAT, permissions, folders, "write", owner)
    }

    /// Opens a file that this program wrote, for reading.
    ///
    /// - Throws: ``FileError`` as ``init(appendingTo:permissions:folders:)``; with code `missing` if it does not exist.
    public init(reading path: String) throws(FileError) { try self.init(path, O_RDONLY, 0, nil, "read") }

    private init(
        _ path: String,
        _ flags: Int32,
        _ permissions: UInt32,
        _ folders: UInt32?,
        _ verb: String,
        _ owner: FileOwner? = nil
    ) throws(FileError) {
        let number = try OwnedFolder.of(path, making: folders, to: verb) { (folder, name) throws(FileError) in
            if let owner, folder.user == 0 {
                let created = folder.open(name, flags | O_EXCL, permissions)
                // Ownership is changed only for files created here.
                if created >= 0 {
                    fchown(created, owner.user, owner.group)
                    return created
                }
            }
            let number = folder.open(name, flags, permissions)
            guard number >= 0 else { throw FileError(verb, path, errno: errno) }
            if let reason = Self.distrust(of: number, users: [0, folder.user, owner?.user ?? 0]) {
                Glibc.close(number)
                throw FileError(.notTrusted, verb, path, reason)
            }
            return number
        }
        (self.path, descriptor) = (path, FileDescriptor(rawValue: number))
    }

    /// Why an existing file does not count as this user's own.
    private static func distrust(of descriptor: Int32, users: [UInt32]) -> String? {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return "it is not a regular file"
        }
        if status.st_nlink != 1 { return "the file has several names (hard links)" }
        return users.contains(status.st_uid) ? nil : "the file belongs to another user"
    }

    deinit { try? descriptor.close() }

    /// A second descriptor for the open file, which the caller has to close. A lock lasts until both are closed. -1 if
    /// no descriptor is free.
    public func duplicate() -> Int32 { fcntl(descriptor.rawValue, F_DUPFD_CLOEXEC, 3) }

    /// Writes all of these bytes.
    ///
    /// - Throws: ``FileError``
    public func write(_ bytes: some Sequence<UInt8>) throws(FileError) {
        do { _ = try descriptor.writeAll(bytes) } catch {
            throw FileError("write", path, errno: (error as? Errno)?.rawValue ?? EIO)
        }
    }

    /// Writes all of these bytes, starting at an offset. Not for a file that was opened for appending.
    ///
    /// - Throws: ``FileError``
    public func write(_ bytes: some Sequence<UInt8>, at offset: Int64) throws(FileError) {
        do { _ = try descriptor.writeAll(toAbsoluteOffset: offset, bytes) } catch {
            throw FileError("write", path, errno: (error as? Errno)?.rawValue ?? EIO)
        }
    }

    /// Waits until everything written is on the disk.
    ///
    /// - Throws: ``FileError``
    public func synchronise() throws(FileError) {
        guard fsync(descriptor.rawValue) == 0 else { throw FileError("write", path, errno: errno) }
    }

    /// The size in bytes.
    public var size: Int64 {
        var status = stat()
        return fstat(descriptor.rawValue, &status) == 0 ? Int64(status.st_size) : 0
    }

    /// When it was last changed, in seconds since 1970.
    public var changedAt: Int64 {
        var status = stat()
        return fstat(descriptor.rawValue, &status) == 0 ? Int64(status.st_mtim.tv_sec) : 0
    }

    /// Truncates the file.
    ///
    /// - Throws: ``FileError``
    public func truncate(to size: Int64) throws(FileError) {
        guard ftruncate(descriptor.rawValue, off_t(size)) == 0 else { throw FileError("write", path, errno: errno) }
    }

    /// Reads at most `count` bytes from an offset; fewer at the end of the file.
    ///
    /// - Throws: ``FileError``
    public func read(_ count: Int, at offset: Int64) throws(FileError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: max(0, count)) { buffer, used in
            while used < count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[used...])
                let got = pread(descriptor.rawValue, rest.baseAddress, count - used, off_t(offset) + off_t(used))
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                if got <= 0 { break }
                used += got
            }
        }
        guard failure == 0 else { throw FileError("read", path, errno: failure) }
        return bytes
    }

    /// Takes the lock that keeps other programs out; false if another program holds it.
    public func tryLock() -> Bool { flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 }

    /// Takes the lock that keeps other programs out, for as long as the file is open.
    ///
    /// - Throws: ``FileError`` with code `busy` if another program holds it for `seconds`.
    public func lock(seconds: Int = 5) throws(FileError) {
        for _ in 0..<max(1, seconds * 50) {
            if tryLock() { return }
            usleep(20_000)
        }
        throw FileError(.busy, "write", path, "another program has held its lock for \(seconds) seconds")
    }
}
