public import Base
public import Logging
import Synchronization

/// Takes messages into the spool and delivers them: one task for each receiver, so that one that hangs delays no other.
public final class AlertDelivery: AlertSink {
    /// What is known of a receiver while the program runs.
    struct Progress: Sendable {
        var machine: DeliveryMachine
        var reason: String?
    }

    let spool: Spool
    let receivers: [String: any AlertReceiver]
    let logger: Logger
    let now: @Sendable () -> Moment
    private let schedule: RetrySchedule
    private let wakeUps: [String: WakeUp]
    private let progress: Mutex<[String: Progress]>

    /// - Parameters:
    ///   - spool: Keeps the messages.
    ///   - receivers: Where they go.
    ///   - schedule: When a receiver that fails is tried again.
    ///   - now: The clock.
    public init(
        spool: Spool,
        receivers: [any AlertReceiver],
        schedule: RetrySchedule = RetrySchedule(),
        logger: Logger,
        now: @escaping @Sendable () -> Moment = { Moment.now }
    ) {
        self.spool = spool
        self.receivers = Dictionary(receivers.map { ($0.name, $0) }) { first, _ in first }
        self.schedule = schedule
        self.logger = logger
        self.now = now
        wakeUps = self.receivers.mapValues { _ in WakeUp() }
        progress = Mutex(self.receivers.mapValues { _ in Progress(machine: DeliveryMachine(schedule: schedule)) })
        if spool.damagedLines > 0 {
            logger.warning("\(spool.damagedLines) incomplete or damaged lines of the spool of alerts were skipped.")
        }
    }

    /// Keeps a message until it is delivered. It is on the disk when this returns.
    ///
    /// - Throws: ``DeliveryError``
    public func accept(_ message: AlertMessage) async throws {
        guard receivers[message.receiver] != nil else {
            throw DeliveryError(
                .unknownReceiver,
                "Unknown receiver \(message.receiver). Configured: \(receivers.keys.sorted().joined(separator: ", "))."
            )
        }
        try spool.accept(message)
        wake(message.receiver)
        if let fallback = receivers[message.receiver]?.fallback { wake(fallback) }
    }

    /// Delivers until the task is cancelled.
    public func run() async {
        dropUnknown()
        await withTaskGroup(of: Void.self) { group in
            for receiver in receivers.values {
                group.addTask { await self.serve(receiver) }
            }
        }
    }

    /// How the delivery to every receiver is going, in the order of their names.
    public var status: [ReceiverStatus] {
        let progress = progress.withLock { $0 }
        return spool.read { state in
            receivers.keys.sorted().map { name in
                ReceiverStatus(
                    name: name,
                    queued: state.queues[name]?.count ?? 0,
                    oldest: state.oldest(for: name),
                    figures: state.figures[name] ?? SpoolState.Figures(),
                    failingSince: progress[name]?.machine.failingSince,
                    isBreakerOpen: progress[name]?.machine.isBreakerOpen ?? false,
                    reason: progress[name]?.reason
                )
            }
        }
    }

    func wake(_ receiver: String) { wakeUps[receiver]?.call() }

    func sleep(_ receiver: String, atMost limit: Duration?) async {
        await wakeUps[receiver]?.sleep(atMost: limit)
    }

    func machine(of receiver: String) -> DeliveryMachine {
        progress.withLock { $0[receiver]?.machine } ?? DeliveryMachine(schedule: schedule)
    }

    func note(_ receiver: String, _ machine: DeliveryMachine, reason: String?) {
        progress.withLock { $0[receiver] = Progress(machine: machine, reason: reason) }
    }

    func record(_ record: SpoolRecord) {
        do throws(DeliveryError) { try spool.settle(record) } catch { logger.error("\(error)") }
    }

    /// Messages for receivers that are no longer configured fail.
    private func dropUnknown() {
        let waiting = spool.read { state in state.queues.mapValues { queue in queue.map(\.message.id) } }
        for (name, ids) in waiting where receivers[name] == nil {
            logger.error("\(ids.count) messages for the receiver \(name) fail, because it is no longer configured.")
            record(.failed(receiver: name, ids: ids, at: now(), reason: "it is no longer configured"))
        }
    }
}
