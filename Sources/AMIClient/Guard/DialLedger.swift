import Base
import Glibc

/// Counts calls across runs: a file with one line for each call, its time in seconds since 1970, locked while it is
/// read and written.
struct DialLedger {
    let path: String
    /// A file of this size is rewritten without the calls of earlier days.
    private static let compactSize = 1 << 20
    /// A larger file is not this program's.
    private static let limit: Int64 = 64 << 20

    /// Counts one more call.
    ///
    /// - Throws: ``ManagerError`` with code `dialGuard` if the limit is exceeded, `file` if the file cannot be used: a
    ///   guard that cannot count lets nothing pass.
    func count(perMinute: Int, perDay: Int, now: Int = time(nil)) throws(ManagerError) {
        let refusal: ManagerError?
        do throws(FileError) {
            let file = try OpenFile(updating: path, folders: 0o700)
            try file.lock()
            refusal = try count(in: file, perMinute: perMinute, perDay: perDay, now: now)
        } catch {
            throw ManagerError(
                error.category == .tryAgainLater ? .full : .file,
                "The dial guard cannot count calls in \(path): \(error.reason)."
            )
        }
        if let refusal { throw refusal }
    }

    private func count(
        in file: borrowing OpenFile,
        perMinute: Int,
        perDay: Int,
        now: Int
    ) throws(FileError) -> ManagerError? {
        let size = file.size
        guard size <= Self.limit else { throw FileError("read", path, errno: EFBIG) }
        let text = String(decoding: try file.read(Int(size), at: 0), as: UTF8.self)
        // Lines in the future come from a clock that was wrong; if they were counted, they would block calls until
        // then.
        let times = text.split(separator: "\n").compactMap { Int($0) }
        let today = times.filter { $0 > now - 86_400 && $0 <= now }
        if perDay > 0, today.count >= perDay { return exceeded("\(perDay) calls in 24 hours", "per_day") }
        if perMinute > 0, today.count(where: { $0 > now - 60 }) >= perMinute {
            return exceeded("\(perMinute) calls in a minute", "per_minute")
        }
        guard size < Self.compactSize else {
            // The beginning is overwritten before the rest is cut off, so that a kill in between leaves more lines,
            // never fewer.
            let lines = Array((today + [now]).map { "\($0)\n" }.joined().utf8)
            try file.write(lines, at: 0)
            try file.truncate(to: Int64(lines.count))
            return nil
        }
        let start = text.isEmpty || text.hasSuffix("\n") ? "" : "\n"
        try file.write("\(start)\(now)\n".utf8, at: size)
        return nil
    }

    private func exceeded(_ limit: String, _ key: String) -> ManagerError {
        ManagerError(.dialGuard, "The dial guard does not allow this call: \(limit) is the limit (`\(key)`).")
    }
}
