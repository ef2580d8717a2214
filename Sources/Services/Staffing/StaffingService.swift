public import Alerts
import Base
public import Configuration
public import Logging
import Switchboard
import Synchronization

/// Gives queues more members by rule, and takes them out again.
public final class StaffingService: Sendable {
    /// The rules that are in force.
    public let rules: [StaffingRule]
    private let settings: Settings
    private let sources: AlertSources
    private let hands: any StaffingHands
    private let files: StaffingFiles
    private let report: ServiceNotice.Report
    private let memory: Mutex<StaffingMemory>
    private let counts = Mutex<[String: StaffingCounts]>([:])

    /// How often the rules are evaluated if nothing happens, and at most, however much happens.
    private static let pause = Duration.seconds(2), pace = Duration.seconds(1)

    /// A service for the configured rules.
    ///
    /// - Parameters:
    ///   - sources: Where the figures come from; somebody else keeps them up to date.
    ///   - report: Receives notices.
    /// - Throws: `ConfigurationError` and ``ServiceError`` for an invalid rule; `FileError` if the state of the last run
    ///   cannot be read.
    public convenience init(
        _ settings: Settings,
        _ sources: AlertSources,
        logger: Logger,
        report: @escaping ServiceNotice.Report
    ) throws {
        try self.init(settings, sources, LiveStaffingHands(settings, logger: logger), report: report)
    }

    init(
        _ settings: Settings,
        _ sources: AlertSources,
        _ hands: any StaffingHands,
        report: @escaping ServiceNotice.Report
    ) throws {
        (self.settings, self.sources, self.hands, self.report) = (settings, sources, hands, report)
        rules = try settings.staffingRules()
        files = StaffingFiles(settings)
        memory = Mutex(try Self.remembered(files, report) ?? StaffingMemory(at: Moment.now))
    }

    /// What the last run remembered. Without it, nobody is taken out: it is unknown who was put in by a rule.
    private static func remembered(_ files: StaffingFiles, _ report: ServiceNotice.Report) throws -> StaffingMemory? {
        do { return try files.memory() } catch let error as ServiceError where error.category == .badData {
            report(
                ServiceNotice(
                    .warning,
                    "Staffing starts from the beginning: \(files.statePath) is damaged. Members that a rule has put in "
                        + "stay until somebody takes them out."
                )
            )
            return nil
        }
    }

    /// Whether there is anything to do: rules, or members of rules that are not in force any more.
    public var isNeeded: Bool { !sources.model.isReplay && (!rules.isEmpty || memory.withLock { !$0.isEmpty }) }

    /// The rules as they are now.
    public var current: [StaffingStatus] { StaffingStatus.list(rules, memory.withLock { $0 }) }

    /// What was done since the start, by rule. Every rule has counts.
    public var totals: [(rule: String, counts: StaffingCounts)] {
        let counts = counts.withLock { $0 }
        return rules.map { ($0.name, counts[$0.name] ?? StaffingCounts()) }
    }

    /// Evaluates until the task is cancelled; while another program does, it waits for that to end.
    public func run() async {
        guard isNeeded else { return }
        var told = ""
        while !Task.isCancelled {
            var text = ""
            do {
                if try await files.whileLocked({ await evaluate() }) { return }
                text = "Another crm-voip staffs the queues already: `serve` and `alerts run` do the same."
            } catch {
                text = "The queues cannot be staffed. \(error)"
            }
            if text != told { report(ServiceNotice(.warning, text)) }
            told = text
            try? await Task.sleep(for: .seconds(30))
        }
    }

    private func evaluate() async {
        // Another program may have changed it since this one was started.
        if let known = try? files.memory() { memory.withLock { $0 = known } }
        var round = StaffingRound(
            machine: StaffingMachine(rules, continuing: memory.withLock { $0 }),
            sights: StaffingSights(settings, sources),
            hands: hands,
            files: files
        )
        let changes = sources.model.changes()
        while !Task.isCancelled {
            let began = ContinuousClock.now
            await round.run { self.tell($0) }
            let shown = round.machine.memory
            memory.withLock { $0 = shown }
            let rest = round.machine.deadline.map { max(.zero, $0 - Moment.now) } ?? Self.pause
            _ = await changes.next(until: .now + min(Self.pause, rest))
            let next = min(began + Self.pace, .now + max(.milliseconds(10), rest))
            if next > .now { try? await Task.sleep(until: next, clock: .continuous) }
        }
        round.saveAtEnd { self.tell($0) }
    }

    private func tell(_ news: StaffingNews) {
        if let event = news.event { counts.withLock { $0[event.rule, default: StaffingCounts()].take(event) } }
        report(news.notice)
    }
}

/// What rules have done since the start.
public struct StaffingCounts: Sendable, Equatable {
    /// Members that were put in and taken out, also those of which it was only said.
    public private(set) var began = 0, ended = 0
    /// Members that somebody else has taken out or changed.
    public private(set) var released = 0
    /// Orders that failed.
    public private(set) var failed = 0

    mutating func take(_ event: StaffingEvent) {
        switch event {
        case .began: began += 1
        case .ended: ended += 1
        case .released: released += 1
        case .failed: failed += 1
        }
    }
}
