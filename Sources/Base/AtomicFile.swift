internal import Glibc

/// A file that is replaced as a whole: whoever reads it meanwhile sees the old one, and a full disk leaves it as it was.
public enum AtomicFile {
    /// Writes beside the file and puts it in its place when it is on the disk.
    ///
    /// A name that is a link is replaced, not followed. A device or FIFO, such as `/dev/stdout`, is written to.
    ///
    /// - Throws: ``FileError``
    public static func replace(
        _ path: String,
        with bytes: some Sequence<UInt8>,
        permissions: UInt32 = 0o600
    ) throws(FileError) {
        var status = stat()
        if lstat(path, &status) == 0 {
            switch status.st_mode & S_IFMT {
            case S_IFDIR: throw FileError(.notTrusted, "write", path, "it is a folder")
            case S_IFREG, S_IFLNK: break
            default: return try write(bytes, toDevice: path)
            }
        }
        let draft = "\(path).\(String(UInt64.random(in: .min ... .max), radix: 36)).new"
        do throws(FileError) {
            let file = try OpenFile(creating: draft, permissions: permissions)
            try file.write(bytes)
            try file.synchronise()
            guard rename(draft, path) == 0 else { throw FileError("write", path, errno: errno) }
        } catch {
            if error.code != .exists { unlink(draft) }
            // The draft's name means nothing to the user.
            throw FileError(error.code, "write", path, error.reason)
        }
    }

    private static func write(_ bytes: some Sequence<UInt8>, toDevice path: String) throws(FileError) {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw FileError("write", path, errno: errno) }
        defer { close(descriptor) }
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else { throw FileError("write", path, errno: errno) }
            rest = rest.dropFirst(max(0, count))
        }
    }
}
