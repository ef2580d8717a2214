import Glibc

/// Small files that belong to the configuration, and who else can read them.
struct PrivateFile {
    /// The whole content.
    var bytes: [UInt8]
    /// Whether somebody who is neither the owner nor root can read it. A file that belongs to root may be read by its
    /// group, as with libpq's keys: that is how a service's files are kept in /etc.
    var isExposed: Bool
    /// The permissions in octal, for messages.
    var mode: String

    private static let largest = 1 << 20

    /// Reads a file of at most 1 MiB; nil if there is none.
    init?(path: String) throws(ConfigurationError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw ConfigurationError(.unreadable, "Cannot read \(path): \(String(cString: strerror(errno))).")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
            throw ConfigurationError(.unreadable, "Cannot read \(path): it is not a file.")
        }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw ConfigurationError(.unreadable, "Cannot read \(path): \(String(cString: strerror(errno))).")
            }
            if count == 0 { break }
            bytes += buffer[..<count]
            guard bytes.count <= PrivateFile.largest else {
                throw ConfigurationError(.unreadable, "Cannot read \(path): it is larger than 1 MiB.")
            }
        }
        self.bytes = bytes
        let forbidden = status.st_uid == 0 ? S_IRWXO : S_IRWXO | S_IRWXG
        isExposed = status.st_mode & forbidden != 0
        mode = "0" + String(status.st_mode & 0o777, radix: 8)
    }

    /// The first line of a file that holds a secret.
    static func secret(path: String, origin: Origin) throws(ConfigurationError) -> String {
        guard let file = try PrivateFile(path: path) else {
            throw ConfigurationError(.unreadable, "There is no file \(path).", at: origin)
        }
        guard !file.isExposed else {
            throw ConfigurationError(
                .exposedSecret,
                "\(path) holds a secret, and its mode \(file.mode) lets others read it: chmod 600 it.",
                at: origin
            )
        }
        guard let line = String(validating: file.bytes.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self),
            !line.isEmpty
        else {
            throw ConfigurationError(.badValue, "The first line of \(path) should be a secret.", at: origin)
        }
        return line
    }
}
