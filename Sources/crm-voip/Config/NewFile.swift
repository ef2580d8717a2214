import Base
import Glibc

/// Files that must not be there before.
enum NewFile {
    /// Writes a file that only its owner can read, and the folders above it; fails if the file exists.
    ///
    /// Root's files can be read by the group of the folder, too: services run as users of their own.
    static func write(_ text: String, to path: String) throws {
        makeFolders(above: path)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, getuid() == 0 ? 0o640 : 0o600)
        guard descriptor >= 0 else {
            let reason = errno == EEXIST ? "it is there already" : String(cString: strerror(errno))
            throw Failure(.failed, "Cannot write \(path): \(reason).")
        }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let reason = String(cString: strerror(errno))
                close(descriptor)
                unlink(path)
                throw Failure(.failed, "Cannot write \(path): \(reason).")
            }
            rest = rest.dropFirst(count)
        }
        guard close(descriptor) == 0 else {
            throw Failure(.failed, "Cannot write \(path): \(String(cString: strerror(errno))).")
        }
    }

    /// Makes the folders that are missing; opening the file says what is wrong if it cannot.
    private static func makeFolders(above path: String) {
        for index in path.indices.dropFirst() where path[index] == "/" { mkdir(String(path[..<index]), 0o755) }
    }
}
