import Configuration
import Glibc
import AMIClient

/// Keeps a report for a while, so that a monitoring system that asks often does not work the PBX.
///
/// One file for each way of asking: its first line is the exit status, the rest is what was printed. Its age is the file's.
struct HealthCache {
    struct Result {
        var status: Int32
        var text: String
    }

    private let path: String
    private let seconds: Int

    init(settings: Settings, key: String, seconds: Int) throws {
        let name = String(key.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
        path = "\(settings.warehouse.dataDirectory)/health-\(name)"
        self.seconds = seconds
    }

    /// The kept report; nil if there is none or it is too old.
    func read() -> Result? {
        var facts = stat()
        guard stat(path, &facts) == 0, time(nil) - facts.st_mtim.tv_sec <= seconds, facts.st_uid == getuid(),
            let file = fopen(path, "r")
        else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: Int(facts.st_size))
        let count = fread(&bytes, 1, bytes.count, file)
        let text = String(decoding: bytes.prefix(count), as: UTF8.self)
        guard let end = text.firstIndex(of: "\n"), let status = Int32(text[..<end]) else { return nil }
        return Result(status: status, text: String(text[text.index(after: end)...]))
    }

    /// Keeps a report. Written beside and renamed, so that nobody reads half of it; a cache that cannot be written is none.
    func write(_ result: Result) {
        let new = path + ".\(getpid())"
        guard let file = fopen(new, "w") else { return }
        fputs("\(result.status)\n\(result.text)", file)
        if fclose(file) != 0 || rename(new, path) != 0 { unlink(new) }
    }
}
