public import Alerts
import Base
public import Configuration
import Switchboard
import Synchronization

/// Evaluates the rules for alerts, and hands messages to the receivers' spool.
public final class AlertService: Sendable {
    /// The rules.
    public let rules: [AlertRule]
    private let settings: Settings
    private let timing: AlertTiming
    private let sources: AlertSources
    private let outlet: AlertOutlet
    private let files: AlertFiles
    private let report: ServiceNotice.Report
    private let memory: Mutex<AlertMemory>

    /// How often the rules are evaluated if nothing happens.
    private static let pause = Duration.seconds(5)
    /// How often they are evaluated at most, however much happens.
    private static let pace = Duration.seconds(1)
    /// How often what is only shown, such as the latest figures, is written.
    private static let saving = Duration.seconds(15)

    /// A service for the configured rules.
    ///
    /// - Parameters:
    ///   - sources: Where the figures come from; somebody else keeps them up to date.
    ///   - outlet: Receives the messages.
    ///   - report: Receives notices.
    /// - Throws: `ConfigurationError` and ``ServiceError`` for an invalid rule; the same and `FileError` if the state of
    ///   the last run cannot be read.
    public init(
        _ settings: Settings,
        _ sources: AlertSources,
        _ outlet: AlertOutlet,
        report: @escaping ServiceNotice.Report
    ) throws {
        (self.settings, self.sources, self.outlet, self.report) = (settings, sources, outlet, report)
        rules = try settings.alertRules()
        timing = try settings.alertTiming()
        files = AlertFiles(settings)
        memory = Mutex(try Self.remembered(files, report) ?? AlertMemory(at: Moment.now))
    }

    /// How the delivery to every receiver is going; empty while another program delivers.
    public var receivers: [DeliveryStatus] { outlet.status }

    /// What the last run remembered. A damaged file, or one of another version, must not keep a server from starting.
    private static func remembered(_ files: AlertFiles, _ report: ServiceNotice.Report) throws -> AlertMemory? {
        do { return try files.memory() } catch let error as ServiceError where error.category == .badData {
            report(ServiceNotice(.warning, "The alerts start from the beginning: \(files.statePath) is damaged."))
            return nil
        }
    }

    /// The alerts as they are now, the most urgent first.
    public var current: [ListedAlert] {
        let now = Moment.now
        let silences = (try? files.silences(at: now)) ?? []
        return ListedAlert.list(memory.withLock { $0 }, silences, at: now)
    }

    /// Whether a recording is replayed. It raises no alerts.
    public var isReplay: Bool { sources.model.isReplay }

    /// Evaluates as part of a server, unless another program does, or there are no rules.
    public func runBesideServer() async {
        guard !rules.isEmpty else { return }
        do { try await files.whileLocked { await run() } } catch { report(ServiceNotice(.warning, "\(error)")) }
    }

    /// Keeps other programs from evaluating the alerts while `body` runs.
    ///
    /// - Throws: ``ServiceError`` if another program evaluates them already; `FileError`.
    func whileLocked(_ body: () async -> Void) async throws { try await files.whileLocked(body) }

    /// Evaluates until the task is cancelled. A recording raises no alerts.
    public func run() async {
        guard !isReplay else { return }
        let measures = Set(rules.map(\.measure))
        let traffic = UsualTraffic(
            settings,
            sources.desk,
            wantsIncoming: measures.contains(.silence),
            wantsCountries: measures.contains(.newCountryCalls)
        )
        await withTaskGroup { group in
            group.addTask { await traffic.run() }
            group.addTask { await self.evaluate(traffic) }
        }
    }

    private func evaluate(_ traffic: UsualTraffic) async {
        var builder = AlertSnapshotBuilder(settings, sources, traffic)
        var machine = AlertMachine(rules, timing, continuing: memory.withLock { $0 })
        var saved: (memory: AlertMemory, at: ContinuousClock.Instant)?
        var told: Set<String> = []
        let changes = sources.model.changes()
        while !Task.isCancelled {
            let now = Moment.now
            let began = ContinuousClock.now
            var snapshot = builder.snapshot(at: now)
            snapshot.receivers = outlet.known?.map { status in
                AlertSnapshot.Receiver(
                    name: status.receiver,
                    waiting: status.queued,
                    oldest: status.oldest,
                    reason: status.reason
                )
            }
            let evaluations = rules.map { $0.evaluation(of: snapshot) }
            let silences = silences(&told, at: now)
            for transition in machine.evaluate(evaluations, silences: silences, at: now) { report(transition) }
            let isDue = saved.map { machine.memory.differs(from: $0.memory) || began - $0.at >= Self.saving } ?? true
            // What is handed over must be known to have been made, or it would be made again under another id.
            if isDue, save(machine.memory, &told) { saved = (machine.memory, began) }
            await hand(over: &machine, &told)
            let shown = machine.memory
            memory.withLock { $0 = shown }
            await wait(changes, machine.deadline, began)
        }
        _ = save(machine.memory, &told)
    }

    private func wait(
        _ changes: HubReader<StateChange, Never>,
        _ deadline: Moment?,
        _ began: ContinuousClock.Instant
    ) async {
        let rest = deadline.map { max(.zero, $0 - Moment.now) } ?? Self.pause
        _ = await changes.next(until: .now + min(Self.pause, rest))
        // Until a deadline that comes sooner, but not more often than the pace.
        let next = min(began + Self.pace, .now + max(.milliseconds(10), rest))
        if next > .now { try? await Task.sleep(until: next, clock: .continuous) }
    }

    private func silences(_ told: inout Set<String>, at now: Moment) -> [AlertSilence] {
        do { return try files.silences(at: now) } catch {
            tell("The silences cannot be read, so none is in force. \(error)", &told)
            return []
        }
    }

    private func save(_ memory: AlertMemory, _ told: inout Set<String>) -> Bool {
        do {
            try files.write(memory)
            return true
        } catch {
            tell("The state of the alerts cannot be kept. \(error)", &told)
            return false
        }
    }

    /// Hands messages over, in order. One that is not accepted stays, and so do the later ones to its receiver.
    private func hand(over machine: inout AlertMachine, _ told: inout Set<String>) async {
        var blocked: Set<String> = []
        for message in machine.memory.outbox where !blocked.contains(message.receiver) {
            do {
                try await outlet.sink.accept(message)
                machine.accepted(message.id)
            } catch {
                blocked.insert(message.receiver)
                tell("A message to \(message.receiver) could not be kept. \(error)", &told)
            }
        }
    }

    /// The log has every alert, also those that no receiver is told about.
    private func report(_ transition: AlertMachine.Transition) {
        let alert = transition.alert
        let over = alert.status == .firing ? "" : " is over"
        report(ServiceNotice(.warning, "Alert \(alert.identity.rule)\(over): \(alert.summary)"))
    }

    /// Reports each sentence once.
    private func tell(_ sentence: String, _ told: inout Set<String>) {
        if told.count < 100, told.insert(sentence).inserted { report(ServiceNotice(.error, sentence)) }
    }
}
