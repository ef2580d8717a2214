import Glibc

/// The content of a small file, with what is needed to decide whether it can be trusted.
///
/// The permissions are those of the opened file, so they cannot change between the check and the read.
public struct SmallFile: Sendable {
    /// The entire content.
    public let bytes: [UInt8]
    /// The owner's user id.
    public let owner: UInt32
    /// The permissions, without the file type.
    public let permissions: UInt32
    private let isRegular: Bool

    /// Reads a file of at most `limit` bytes, following links.
    ///
    /// - Parameter takesStreams: whether `/dev/stdin`, `/dev/null` and FIFOs are accepted. A FIFO without a writer
    ///   counts as empty; a writer has ten seconds to deliver the next bytes.
    /// - Throws: ``FileError`` with code `missing`, `tooLarge` or `notTrusted`, or the system's own error.
    public init(path: String, limit: Int = 1 << 20, takesStreams: Bool = false) throws(FileError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileError("read", path, errno: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileError("read", path, errno: errno) }
        isRegular = status.st_mode & S_IFMT == S_IFREG
        guard isRegular || takesStreams && status.st_mode & S_IFMT != S_IFDIR else {
            throw FileError(.notTrusted, "read", path, "it is not a file")
        }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR || errno == EAGAIN && Self.isReadable(descriptor) { continue }
            guard count >= 0 else { throw FileError("read", path, errno: errno) }
            if count == 0 { break }
            bytes += buffer[..<count]
            guard bytes.count <= limit else {
                throw FileError(.tooLarge, "read", path, "it is larger than \(limit) bytes")
            }
        }
        self.bytes = bytes
        owner = status.st_uid
        permissions = UInt32(status.st_mode & 0o7777)
    }

    /// Waits for bytes from a stream.
    private static func isReadable(_ descriptor: Int32) -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&request, 1, 10_000) > 0
    }

    /// Whether anyone but the owner and root can read it. A file owned by root may be readable by its group, as with
    /// libpq's keys: that is how the files of a service are kept in /etc.
    public var isReadableByOthers: Bool { permissions & (owner == 0 ? S_IRWXO : S_IRWXO | S_IRWXG) != 0 }

    /// Whether anyone but the owner and root can change it.
    public var isWritableByOthers: Bool { isRegular && permissions & (S_IWOTH | S_IWGRP) != 0 }

    /// Whether it belongs to anyone but this user and root.
    public var isForeign: Bool { isRegular && owner != 0 && owner != geteuid() }

    /// The permissions in octal, for messages: `0644`.
    public var mode: String { "0" + String(permissions & 0o777, radix: 8) }
}
