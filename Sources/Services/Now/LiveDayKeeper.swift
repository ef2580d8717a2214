import Base
public import Configuration

/// Keeps the figures of today and of the last days in a file, for the nightly comparison with the log.
public struct LiveDayKeeper: Sendable {
    private let file: LiveDayFile
    private let model: LiveModel
    private let report: ServiceNotice.Report
    private static let pause = Duration.seconds(60)

    /// A keeper of the days of a model.
    public init(_ settings: Settings, _ model: LiveModel, report: @escaping ServiceNotice.Report) {
        file = LiveDayFile(dataDirectory: settings.warehouse.dataDirectory)
        (self.model, self.report) = (model, report)
    }

    /// Writes once a minute and at the end, until the task is cancelled. A recording is not kept.
    public func run() async {
        guard !model.isReplay, !model.current.isEmpty else { return }
        var told = false
        var isOver = false
        while !isOver {
            do { try await Task.sleep(for: Self.pause) } catch { isOver = true }
            do {
                let known = try file.read()
                let entries = Self.merged(known, model.current, at: Moment.now)
                if entries != known { try file.write(entries) }
            } catch {
                if !told { report(ServiceNotice(.warning, "Today\u{2019}s figures cannot be kept. \(error)")) }
                told = true
            }
        }
    }

    /// The new contents of the file. Days that this process did not see stay as they are. A PBX adds nothing before its first
    /// connection, or while it is not connected.
    static func merged(_ known: [LiveDayFile.Entry], _ states: [PBXState], at now: Moment) -> [LiveDayFile.Entry] {
        var entries = known.filter { now - $0.day.ends < LiveDayFile.keptFor && $0.day.begins <= now }
        for state in states where state.isKnown {
            let midnight = state.todayMidnight
            let today = LiveDay(begins: midnight, ends: state.todayEnds, queues: state.today, blanks: state.blanks)
            for day in [state.yesterday, today].compactMap(\.self) {
                entries.removeAll { $0.pbx == state.name && $0.day.begins == day.begins }
                entries.append(LiveDayFile.Entry(pbx: state.name, until: state.at, day: day))
            }
        }
        return entries.sorted { ($0.pbx, $0.day.begins) < ($1.pbx, $1.day.begins) }
    }
}
