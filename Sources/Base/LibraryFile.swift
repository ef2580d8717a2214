import Glibc

/// Checks a file before a C library opens it by name: the library would wait forever for a named pipe without a writer,
/// and would read a device or an endless line without limit.
public enum LibraryFile {
    /// More than any file of keys, certificates or options needs.
    private static let limit = 16 << 20

    /// Refuses anything that is not a regular file of plausible size. A missing file, and `/dev/null`, are left to the
    /// library.
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
