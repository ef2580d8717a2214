public import Base
import AMIClient
public import Configuration
public import Logging
import Synchronization
public import Switchboard

/// Checks the health of every PBX now and then, and keeps what was found for a week.
public final class HealthSampler: Sendable {
    /// How a PBX was at a time.
    public struct Sample: Sendable, Equatable {
        /// When, in seconds since 1970.
        public let at: Moment
        /// How it was.
        public let state: HealthReport.State
    }

    /// What is known of a PBX.
    public struct History: Sendable {
        /// The PBX.
        public let pbx: String
        /// The last report; nil before the first, and where none could be made.
        public var report: HealthReport?
        /// Why there is none.
        public var problem: String?
        /// What was heard of the sound of calls last.
        public var quality: HealthReport.Section?
        /// When the state changed, oldest first; the first is when the sampling began. At most a week's.
        public var changes: [Sample] = []
    }

    private let settings: Settings
    private let logger: Logger
    private let histories: Mutex<[History]>
    private let pause: Duration
    private let diary: HealthDiary
    private static let week = Duration.seconds(7 * 86_400)
    /// However often it changes: about one change in five minutes for a week, as long as the file stays small.
    static let most = 2_000
    /// Every so many samples the sound of calls is listened to, which takes some seconds.
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

    /// What is known.
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

    /// The changes of a week. The last one before it stays: it says how the week began.
    static func kept(_ changes: [Sample], at now: Moment) -> [Sample] {
        let first = changes.lastIndex { now - $0.at > week } ?? changes.startIndex
        return Array(changes[first...].suffix(most))
    }
}
