internal import Glibc

/// Counts calls between runs: a file with one line a call, its time in seconds since 1970, locked while it is read and written.
struct DialLedger {
    let path: String

    /// Counts one more call.
    ///
    /// - Throws: ``ManagerError`` with code `dialGuard` if that is too many, `file` if the file cannot be used: a guard that
    ///   cannot count lets nothing pass.
    func count(perMinute: Int, perDay: Int, now: Int = time(nil)) throws(ManagerError) {
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw unusable() }
        defer { close(file) }
        guard flock(file, LOCK_EX) == 0, let text = Self.read(file) else { throw unusable() }
        // Lines of the future come from a clock that was wrong; kept, they would block calls until then.
        var times = text.split(separator: "\n").compactMap { Int($0) }.filter { $0 > now - 86_400 && $0 <= now }
        if perDay > 0, times.count >= perDay { throw exceeded("\(perDay) calls in 24 hours") }
        if perMinute > 0, times.count(where: { $0 > now - 60 }) >= perMinute {
            throw exceeded("\(perMinute) calls in a minute")
        }
        times.append(now)
        let lines = times.map { "\($0)\n" }.joined()
        guard ftruncate(file, 0) == 0, lseek(file, 0, SEEK_SET) == 0, FileBytes.write(Array(lines.utf8), to: file)
        else {
            throw unusable()
        }
    }

    private func unusable() -> ManagerError {
        ManagerError(.file, "The dial guard cannot count calls in \(path): \(String(cString: strerror(errno))).")
    }

    private func exceeded(_ limit: String) -> ManagerError {
        ManagerError(.dialGuard, "The dial guard does not allow this call: \(limit) is the limit.")
    }

    private static func read(_ file: Int32) -> String? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = chunk.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
            if count < 0 { return nil }
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk[..<count]
        }
    }
}
