internal import Glibc

/// Counts calls between runs: a file with one line a call, its time in seconds since 1970, locked while it is read and written.
struct DialLedger {
    let path: String
    /// A file of this size is rewritten without the calls of earlier days.
    private static let compactSize = 1 << 20

    /// Counts one more call.
    ///
    /// - Throws: ``ManagerError`` with code `dialGuard` if that is too many, `file` if the file cannot be used: a guard that
    ///   cannot count lets nothing pass.
    func count(perMinute: Int, perDay: Int, now: Int = time(nil)) throws(ManagerError) {
        let file = try OwnersFile.open(path, O_RDWR)
        defer { close(file) }
        guard flock(file, LOCK_EX) == 0, let text = Self.read(file) else { throw unusable() }
        // Lines of the future come from a clock that was wrong; counted, they would block calls until then.
        let times = text.split(separator: "\n").compactMap { Int($0) }
        let today = times.filter { $0 > now - 86_400 && $0 <= now }
        if perDay > 0, today.count >= perDay { throw exceeded("\(perDay) calls in 24 hours", "per_day") }
        if perMinute > 0, today.count(where: { $0 > now - 60 }) >= perMinute {
            throw exceeded("\(perMinute) calls in a minute", "per_minute")
        }
        let start = text.isEmpty || text.hasSuffix("\n") ? "" : "\n"
        guard text.utf8.count < Self.compactSize else { return try rewrite(file, today + [now]) }
        guard lseek(file, 0, SEEK_END) >= 0, FileBytes.write(Array("\(start)\(now)\n".utf8), to: file) else {
            throw unusable()
        }
    }

    /// Writes over the beginning before it cuts the rest off, so that a kill in between leaves more lines, never fewer.
    private func rewrite(_ file: Int32, _ times: [Int]) throws(ManagerError) {
        let lines = Array(times.map { "\($0)\n" }.joined().utf8)
        guard lseek(file, 0, SEEK_SET) == 0, FileBytes.write(lines, to: file), ftruncate(file, off_t(lines.count)) == 0
        else { throw unusable() }
    }

    private func unusable() -> ManagerError {
        ManagerError(.file, "The dial guard cannot count calls in \(path): \(String(cString: strerror(errno))).")
    }

    private func exceeded(_ limit: String, _ key: String) -> ManagerError {
        ManagerError(.dialGuard, "The dial guard does not allow this call: \(limit) is the limit (`\(key)`).")
    }

    private static func read(_ file: Int32) -> String? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < 64 << 20 {
            let count = chunk.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
            if count < 0 { return nil }
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk[..<count]
        }
        return nil
    }
}
