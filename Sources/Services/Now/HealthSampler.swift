internal import AMIClient
public import Configuration
public import Logging
internal import Synchronization
public import Switchboard

/// Checks the health of every PBX now and then, and keeps what was found for a week.
public final class HealthSampler: Sendable {
    /// How a PBX was at a time.
    public struct Sample: Sendable, Equatable {
        /// When, in seconds since 1970.
        public let at: Double
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
        /// When the state changed, oldest first; the first is when the sampling began. At most a week's.
        public var changes: [Sample] = []
    }

    private let settings: Settings
    private let logger: Logger
    private let histories: Mutex<[History]>
    private let pause: Duration
    private static let week = 7 * 86_400.0
    /// However often it changes: one change a minute for a week.
    private static let most = 10_080

    /// A sampler of the configured PBXs.
    public init(_ settings: Settings, every pause: Duration = .seconds(60), logger: Logger) {
        (self.settings, self.pause, self.logger) = (settings, pause, logger)
        histories = Mutex(settings.pbxNames.filter { settings.hasManager($0) }.map { History(pbx: $0) })
    }

    /// What is known.
    public var current: [History] { histories.withLock { $0 } }

    /// Samples until the task is cancelled.
    public func run() async {
        let names = current.map(\.pbx)
        while !Task.isCancelled, !names.isEmpty {
            for name in names {
                do {
                    let report = try await HealthService(settings, logger: logger).report(HealthRequest(pbx: name))
                    if !Task.isCancelled { note(report, nil, of: name) }
                } catch {
                    note(nil, "\(error)", of: name)
                }
            }
            try? await Task.sleep(for: pause)
        }
    }

    private func note(_ report: HealthReport?, _ problem: String?, of name: String) {
        let sample = Sample(at: WallClock.now, state: report?.state ?? .unknown)
        histories.withLock { histories in
            guard let index = histories.firstIndex(where: { $0.pbx == name }) else { return }
            (histories[index].report, histories[index].problem) = (report, problem)
            if histories[index].changes.last?.state != sample.state { histories[index].changes.append(sample) }
            histories[index].changes.removeAll { sample.at - $0.at > Self.week && $0 != sample }
            if histories[index].changes.count > Self.most { histories[index].changes.removeFirst() }
        }
    }
}
