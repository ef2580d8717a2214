import Glibc

/// A file that a C library opens by its name, looked at before it does: it would wait for ever for a named pipe that nobody
/// writes to, and read a device or a line without an end.
public enum LibraryFile {
    /// More than any file of keys, certificates or options holds.
    private static let limit = 16 << 20

    /// Refuses what is not a file of a usual size. One that is missing, and `/dev/null`, are left to the library.
    ///
    /// - Throws: ``FileError`` with code `notTrusted` or `tooLarge`.
    public static func check(_ path: String) throws(FileError) {
        var status = stat()
        guard path != "/dev/null", stat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw FileError(.notTrusted, "read", path, "it is not a file")
        }
        guard status.st_size <= limit else {
            throw FileError(.tooLarge, "read", path, "it is larger than \(limit) bytes")
        }
    }
}
