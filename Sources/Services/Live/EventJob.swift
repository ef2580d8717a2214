import AMI
import AMIClient
import Base
import Switchboard

/// What is done with events besides showing them. Each job reads its own stream until it ends; a failing job ends the
/// whole feed.
enum EventJob: Sendable {
    /// Every event is written to a file.
    case record(String)
    /// Queue events are written to a file as lines of a queue_log.
    case queueLog(String)
    /// Queue events are stored in the warehouse.
    case store(QueueEventSpool)

    func run(on stream: EventStream, of feed: EventFeed, _ report: @escaping ServiceNotice.Report) async {
        do throws(ManagerError) {
            switch self {
            case .record(let path): try await Self.record(stream, in: path)
            case .queueLog(let path): try await Self.writeQueueLog(stream, in: path)
            case .store(let spool): try await Self.keep(stream, in: spool, feed, report)
            }
        } catch {
            if error.code != .cancelled { feed.finish(error) }
        }
    }

    private static func record(_ stream: EventStream, in path: String) async throws(ManagerError) {
        let recorder = try EventRecorder(path: path)
        while let item = try await stream.next() {
            if case .event(let received) = item { try recorder.write(received.raw) }
        }
    }

    /// The clock of the lines continues while nothing happens.
    private static func writeQueueLog(_ stream: EventStream, in path: String) async throws(ManagerError) {
        var recorder = try QueueLogRecorder(path: path)
        var isOpen = true
        while isOpen {
            do throws(ManagerError) {
                let item = try await stream.next(until: .now + .seconds(1))
                let now = Moment.now
                if case .event(let received) = item {
                    try recorder.write(received, at: received.time(or: now))
                } else {
                    try recorder.tick(at: now)
                }
                if item == nil { isOpen = !stream.isFinished }
            } catch {
                guard error.code == .cancelled else { throw error }
                isOpen = false
            }
        }
        try recorder.finish(at: Moment.now)
    }

    /// After each gap, the PBX is asked who is in the queues.
    private static func keep(
        _ stream: EventStream,
        in spool: QueueEventSpool,
        _ feed: EventFeed,
        _ report: @escaping ServiceNotice.Report
    ) async throws(ManagerError) {
        // True from a new connection or dropped events until the PBX has reported who is in the queues.
        var isBlind = false
        var tick = ContinuousClock.now
        while true {
            if .now >= tick {
                tick = .now + .seconds(1)
                if isBlind { isBlind = await !look(at: feed, spool, report) }
                spool.tick(at: Moment.now)
            }
            switch try await stream.next(until: tick) {
            case .event(let received): spool.take(received, at: Moment.now)
            case .gap:
                spool.lost(at: Moment.now)
                isBlind = true
                tick = .now
            case .connected:
                isBlind = true
                tick = .now
            case .disconnected:
                spool.lost(at: Moment.now)
                isBlind = false
            case nil: if stream.isFinished { return }
            }
        }
    }

    /// Reports to the store who is in the queues now; false if the PBX does not say.
    private static func look(
        at feed: EventFeed,
        _ spool: QueueEventSpool,
        _ report: ServiceNotice.Report
    ) async -> Bool {
        do {
            spool.take(snapshot: try await feed.list(Action("QueueStatus")), at: Moment.now)
            return true
        } catch {
            report(ServiceNotice(.note, "The queues cannot be read: \(error)"))
            return false
        }
    }
}
