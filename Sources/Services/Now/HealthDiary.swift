import Base
import Switchboard

/// Keeps when the health of PBXs changed in a private file, so that the week is known after a restart, too. One line a change:
/// seconds since 1970, state, PBX.
struct HealthDiary: Sendable {
    let path: String

    /// The changes by PBX, oldest first; nothing where there is no file, or none that can be read. Lines that are none are passed over.
    func read() -> [String: [HealthSampler.Sample]] {
        guard let file = try? SmallFile(path: path) else { return [:] }
        var changes: [String: [HealthSampler.Sample]] = [:]
        for line in String(decoding: file.bytes, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 2)
            guard parts.count == 3, let seconds = Int64(parts[0]),
                let state = HealthReport.State(rawValue: String(parts[1]))
            else { continue }
            let sample = HealthSampler.Sample(at: Moment(seconds: seconds), state: state)
            changes[String(parts[2]), default: []].append(sample)
        }
        return changes
    }

    /// Writes the changes anew. A diary that cannot be written costs the past after a restart and nothing else.
    func write(_ histories: [HealthSampler.History]) {
        let lines = histories.flatMap { history in
            history.changes.map { "\($0.at.wholeSeconds) \($0.state.rawValue) \(history.pbx)\n" }
        }
        try? Folder.make(Folder.parent(of: path))
        try? AtomicFile.replace(path, with: Array(lines.joined().utf8), permissions: 0o600)
    }
}
