import Base
import Configuration
import Glibc
import Switchboard

/// Keeps a report for a while, so that frequent checks by a monitoring system do not burden the PBX.
///
/// One file for each combination of options: its first line is the state, the rest is the output. Its age is the file's
/// age.
struct HealthCache {
    struct Result {
        var state: HealthReport.State
        var text: String
    }

    private let path: String
    private let seconds: Int

    init(settings: Settings, key: String, seconds: Int) {
        let name = String(key.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
        path = "\(settings.warehouse.dataDirectory)/health-\(name)"
        self.seconds = seconds
    }

    /// The kept report; nil if there is none, it is too old, or it is not this user's.
    func read() -> Result? {
        guard let file = try? OpenFile(reading: path), Int64(time(nil)) - file.changedAt <= Int64(seconds),
            file.size <= 1 << 20, let bytes = try? file.read(Int(file.size), at: 0)
        else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.firstIndex(of: "\n"), let state = HealthReport.State(rawValue: String(text[..<end]))
        else { return nil }
        return Result(state: state, text: String(text[text.index(after: end)...]))
    }

    /// Keeps a report. If the cache cannot be written, the only loss is time.
    func write(_ result: Result) {
        try? AtomicFile.replace(path, with: "\(result.state.rawValue)\n\(result.text)".utf8)
    }
}
