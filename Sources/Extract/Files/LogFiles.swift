import Glibc

/// A log of this program and its rotated older files: `audit.log.2.gz`, `audit.log.1`, `audit.log-20261128`.
public struct LogFiles: Sendable {
    /// The existing files, the oldest first; the log itself is last.
    public let paths: [String]

    /// Looks for the files beside a log.
    public init(of path: String) {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { String(path[...$0]) } ?? "./"
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        var found: [(path: String, changed: timespec)] = []
        if let handle = opendir(folder) {
            defer { closedir(handle) }
            while let entry = readdir(handle) {
                let other = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
                var status = stat()
                guard Self.isRotated(other, of: name), lstat(folder + other, &status) == 0,
                    status.st_mode & S_IFMT == S_IFREG
                else { continue }
                found.append((slash == nil ? other : folder + other, status.st_mtim))
            }
        }
        found.sort { ($0.changed.tv_sec, $0.changed.tv_nsec) < ($1.changed.tv_sec, $1.changed.tv_nsec) }
        paths = found.map(\.path) + (access(path, F_OK) == 0 ? [path] : [])
    }

    private static func isRotated(_ other: String, of name: String) -> Bool {
        guard other.hasPrefix(name), let mark = other.dropFirst(name.count).first, mark == "." || mark == "-" else {
            return false
        }
        var number = other.dropFirst(name.count + 1)
        if number.hasSuffix(".gz") { number = number.dropLast(3) }
        return !number.isEmpty && number.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    }

    /// The longest line to pass on; a longer one is cut to this length.
    private static let longest = 1 << 20

    /// Passes the lines of all files, in order, including one that is cut off at the end. No link is followed.
    ///
    /// - Throws: ``ExtractError`` if a file cannot be read.
    public func lines(_ body: (Substring) -> Void) throws(ExtractError) {
        for path in paths {
            let file = try InputFile(path: path, followsLinks: false)
            // The beginning of a line whose end was not read yet, and bytes as they arrive.
            var (rest, bytes): ([UInt8], [UInt8]) = ([], [])
            while try file.read(upTo: 1 << 16, into: &bytes) > 0 {
                var start = bytes.startIndex
                while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
                    rest += bytes[start..<end].prefix(Self.longest - rest.count)
                    body(Substring(decoding: rest, as: UTF8.self))
                    rest.removeAll(keepingCapacity: true)
                    start = end + 1
                }
                rest += bytes[start...].prefix(Self.longest - rest.count)
                bytes.removeAll(keepingCapacity: true)
            }
            if !rest.isEmpty { body(Substring(decoding: rest, as: UTF8.self)) }
        }
    }
}
