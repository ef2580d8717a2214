internal import Glibc
internal import SystemPackage

/// A file that this program opened for writing, and only this program's own. Closes the descriptor.
///
/// Opening follows no link and blocks on no FIFO, so that a name in a folder that others may write to leads nowhere else.
public struct OpenFile: ~Copyable {
    /// The file, for messages.
    public let path: String
    private let descriptor: FileDescriptor

    /// Creates a file that must not exist.
    ///
    /// - Throws: ``FileError`` with code `exists` where something has the name.
    public init(creating path: String, permissions: UInt32 = 0o600) throws(FileError) {
        let number = try Self.open(path, O_WRONLY | O_CREAT | O_EXCL, permissions)
        (self.path, descriptor) = (path, FileDescriptor(rawValue: number))
    }

    /// Opens a file to add to its end; creates it where it is missing.
    ///
    /// - Throws: ``FileError`` with code `notTrusted` where the name is not that of a file of this user's own: a link, a
    ///   device, or a file that has another name as well or that somebody else than this user and root owns.
    public init(appendingTo path: String, permissions: UInt32 = 0o600) throws(FileError) {
        let number = try Self.open(path, O_WRONLY | O_CREAT | O_APPEND, permissions)
        if let reason = Self.distrust(of: number) {
            Glibc.close(number)
            throw FileError(.notTrusted, "write", path, reason)
        }
        (self.path, descriptor) = (path, FileDescriptor(rawValue: number))
    }

    private static func open(_ path: String, _ flags: Int32, _ permissions: UInt32) throws(FileError) -> Int32 {
        let number = Glibc.open(path, flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, permissions)
        guard number >= 0 else { throw FileError("write", path, errno: errno) }
        return number
    }

    /// Why an existing file is not this user's own.
    private static func distrust(of descriptor: Int32) -> String? {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return "it is not a regular file"
        }
        if status.st_nlink != 1 { return "the file has several names (hard links)" }
        return status.st_uid == geteuid() || status.st_uid == 0 ? nil : "the file belongs to another user"
    }

    deinit { try? descriptor.close() }

    /// Writes all of these bytes.
    ///
    /// - Throws: ``FileError``
    public func write(_ bytes: some Sequence<UInt8>) throws(FileError) {
        do { _ = try descriptor.writeAll(bytes) } catch { throw failure(error) }
    }

    /// Waits until what was written is on the disk.
    ///
    /// - Throws: ``FileError``
    public func synchronise() throws(FileError) {
        guard fsync(descriptor.rawValue) == 0 else { throw FileError("write", path, errno: errno) }
    }

    private func failure(_ error: any Error) -> FileError {
        FileError("write", path, errno: (error as? Errno)?.rawValue ?? EIO)
    }
}
