import Glibc

/// A file that is replaced as a whole: a concurrent reader sees the old content, and a full disk leaves the file
/// unchanged.
public enum AtomicFile {
    /// Writes the new content beside the file, then renames it into place once it is on the disk.
    ///
    /// A name that is a link is replaced, not followed. A device or FIFO, such as `/dev/stdout`, is written to. Root
    /// writes as the user who owns the folder.
    ///
    /// - Parameters:
    ///   - permissions: of a new file.
    ///   - isExact: whether the file gets exactly these permissions; otherwise as far as the process's mask allows.
    ///   - group: the number of the group that gets the file; nil for the one that the system gives it.
    /// - Throws: ``FileError``
    public static func replace(
        _ path: String,
        with bytes: some Sequence<UInt8>,
        permissions: UInt32 = 0o600,
        isExact: Bool = false,
        group: UInt32? = nil
    ) throws(FileError) {
        _ = try OwnedFolder.of(path, to: "write") { (folder, name) throws(FileError) in
            if let status = folder.status(of: name) {
                switch status.st_mode & S_IFMT {
                case S_IFDIR: throw FileError(.notTrusted, "write", path, "it is a folder")
                case S_IFREG: break
                // /dev/stdout is a link, owned by root, to the output that the program was given.
                case S_IFLNK where !(path.hasPrefix("/dev/") && status.st_uid == 0): break
                case S_IFLNK:
                    let device = Glibc.open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
                    try write(bytes, to: device, path)
                    return 0
                default:
                    try write(bytes, to: folder.open(name, O_WRONLY), path)
                    return 0
                }
            }
            let draft = ".\(name.prefix(100)).\(String(UInt64.random(in: .min ... .max), radix: 36)).new"
            let number = folder.open(draft, O_WRONLY | O_CREAT | O_EXCL, permissions)
            guard number >= 0 else { throw FileError("write", path, errno: errno) }
            do throws(FileError) {
                // Before there is anything to read in it.
                let isShared = group.map { fchown(number, uid_t.max, $0) == 0 } ?? true
                guard isShared, !isExact || fchmod(number, permissions) == 0 else {
                    let reason = errno
                    close(number)
                    throw FileError("set the rights of", path, errno: reason)
                }
                try write(bytes, to: number, path, synchronising: true)
                guard folder.rename(draft, to: name) == 0 else { throw FileError("write", path, errno: errno) }
            } catch {
                folder.remove(draft)
                throw error
            }
            folder.synchronise()
            return 0
        }
    }

    /// Writes to a descriptor and closes it. A FIFO or terminal has ten seconds to accept the next bytes.
    private static func write(
        _ bytes: some Sequence<UInt8>,
        to descriptor: Int32,
        _ path: String,
        synchronising: Bool = false
    ) throws(FileError) {
        guard descriptor >= 0 else { throw FileError("write", path, errno: errno) }
        defer { close(descriptor) }
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN {
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                if poll(&ready, 1, 10_000) > 0 { continue }
                errno = EAGAIN
            }
            guard count > 0 else { throw FileError("write", path, errno: errno) }
            rest = rest.dropFirst(count)
        }
        guard !synchronising || fsync(descriptor) == 0 else { throw FileError("write", path, errno: errno) }
    }
}
