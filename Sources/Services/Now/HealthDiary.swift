import Base
import Switchboard

/// Records changes in the health of PBXs in a private file, so that the past week is known after a restart. One line
/// for each change: seconds since 1970, state, PBX.
struct HealthDiary: Sendable {
    let path: String

    /// The changes by PBX, oldest first; empty if there is no readable file. Invalid lines are skipped.
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

    /// Rewrites the file with these changes. If it cannot be written, only the history before a restart is lost.
    func write(_ histories: [HealthSampler.History]) {
        let lines = histories.flatMap { history in
            history.changes.map { "\($0.at.wholeSeconds) \($0.state.rawValue) \(history.pbx)\n" }
        }
        try? Folder.make(Folder.parent(of: path))
        try? AtomicFile.replace(path, with: Array(lines.joined().utf8), permissions: 0o600)
    }
}
