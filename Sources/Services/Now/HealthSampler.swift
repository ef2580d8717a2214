public import Base
import AMIClient
public import Configuration
public import Logging
import Synchronization
public import Switchboard

/// Checks the health of every PBX from time to time, and keeps the results for a week.
public final class HealthSampler: Sendable {
    /// The state of a PBX at a time.
    public struct Sample: Sendable, Equatable {
        /// When, in seconds since 1970.
        public let at: Moment
        /// The state.
        public let state: HealthReport.State
    }

    /// What is known about a PBX.
    public struct History: Sendable {
        /// The PBX.
        public let pbx: String
        /// The last report; nil before the first one, and if none could be made.
        public var report: HealthReport?
        /// Why there is no report.
        public var problem: String?
        /// The last finding about the audio quality of calls.
        public var quality: HealthReport.Section?
        /// When the state changed, oldest first; the first entry is when the sampling began. At most a week's worth.
        public var changes: [Sample] = []

        /// What is known about a PBX that was just checked, or that was not checked yet.
        public init(pbx: String, report: HealthReport? = nil, changes: [Sample] = []) {
            (self.pbx, self.report, self.changes) = (pbx, report, changes)
        }
    }

    private let settings: Settings
    private let logger: Logger
    private let histories: Mutex<[History]>
    private let pause: Duration
    private let diary: HealthDiary
    private static let week = Duration.seconds(7 * 86_400)
    /// The most changes kept: about one in five minutes for a week, while the file stays small.
    static let most = 2_000
    /// Every Nth sample includes the audio quality of calls, which takes some seconds.
    private static let full = 5

    /// A sampler of the configured PBXs.
    public init(_ settings: Settings, every pause: Duration = .seconds(60), logger: Logger) {
        (self.settings, self.pause, self.logger) = (settings, pause, logger)
        diary = HealthDiary(path: "\(settings.warehouse.dataDirectory)/serve-health")
        let known = diary.read()
        let now = Moment.now
        histories = Mutex(
            settings.pbxNames.filter { settings.hasManager($0) }.map { name in
                let changes = (known[name] ?? []).filter { $0.at <= now }
                return History(pbx: name, changes: Self.kept(changes, at: now))
            }
        )
    }

    /// What is known at this time.
    public var current: [History] { histories.withLock { $0 } }

    /// Samples until the task is cancelled.
    public func run() async {
        let names = current.map(\.pbx)
        var round = 0
        while !Task.isCancelled, !names.isEmpty {
            for name in names {
                do {
                    var request = HealthRequest(pbx: name)
                    if round % Self.full == 0 { request.scope = .full }
                    let report = try await HealthService(settings, logger: logger).report(request)
                    if !Task.isCancelled { note(report, nil, of: name) }
                } catch {
                    note(nil, "\(error)", of: name)
                }
            }
            round &+= 1
            try? await Task.sleep(for: pause)
        }
    }

    private func note(_ report: HealthReport?, _ problem: String?, of name: String) {
        let sample = Sample(at: Moment.now, state: report?.state ?? .unknown)
        let changed: [History]? = histories.withLock { histories in
            guard let index = histories.firstIndex(where: { $0.pbx == name }) else { return nil }
            (histories[index].report, histories[index].problem) = (report, problem)
            if let quality = report?.sections.first(where: { $0.name == "quality" }), quality.state != .skipped {
                histories[index].quality = quality
            }
            guard histories[index].changes.last?.state != sample.state else { return nil }
            histories[index].changes = Self.kept(histories[index].changes + [sample], at: sample.at)
            return histories
        }
        if let changed { diary.write(changed) }
    }

    /// The changes of one week. The last one before it is kept too, because it shows the state at the beginning.
    static func kept(_ changes: [Sample], at now: Moment) -> [Sample] {
        let first = changes.lastIndex { now - $0.at > week } ?? changes.startIndex
        return Array(changes[first...].suffix(most))
    }
}
