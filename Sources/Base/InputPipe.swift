import Glibc

/// A file written by somebody else, read in order: a regular file, or a pipe with a writer. Closes the descriptor.
///
/// Devices are refused, because they have no end. No wait is endless: a pipe has five seconds to deliver its first
/// byte, and later waits end when the task is cancelled.
public struct InputPipe: ~Copyable {
    /// The file, for messages.
    public let path: String
    private let descriptor: Int32

    /// Opens a file, following links.
    ///
    /// - Throws: ``FileError`` with code `missing` or `notTrusted`, or the system's own error.
    public init(path: String) throws(FileError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw FileError("read", path, errno: errno) }
        var status = stat()
        let kind = fstat(descriptor, &status) == 0 ? status.st_mode & S_IFMT : 0
        var reason: String?
        switch kind {
        case S_IFREG: break
        case S_IFDIR: reason = "it is a folder"
        case S_IFCHR where isatty(descriptor) == 1 || Self.isNull(status): break
        case S_IFIFO:
            if !Self.isReadable(descriptor, 5_000) { reason = "it is a named pipe that nobody writes to" }
        default: reason = "it is a device or a socket"
        }
        if let reason {
            close(descriptor)
            throw FileError(.notTrusted, "read", path, reason)
        }
        self.path = path
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Reads the available bytes, at most as many as the buffer holds.
    ///
    /// - Returns: The number of bytes read; 0 at the end, or if the task is cancelled while nothing arrives.
    /// - Throws: ``FileError``
    public func read(into buffer: inout [UInt8]) throws(FileError) -> Int {
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count >= 0 { return count }
            guard errno == EINTR || errno == EAGAIN else { throw FileError("read", path, errno: errno) }
            while errno == EAGAIN, !Self.isReadable(descriptor, 100) {
                if Task.isCancelled { return 0 }
                errno = EAGAIN
            }
        }
    }

    private static func isReadable(_ descriptor: Int32, _ milliseconds: Int32) -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&request, 1, milliseconds) > 0
    }

    private static func isNull(_ status: stat) -> Bool {
        var null = stat()
        return stat("/dev/null", &null) == 0 && status.st_rdev == null.st_rdev
    }
}
