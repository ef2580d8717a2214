import Base
import AMI
import AMIClient
import Logging
import Switchboard
import Synchronization

/// Keeps a connection to one PBX, and publishes its state at most four times a second.
struct PBXFollower: Sendable {
    let configuration: ManagerConfiguration
    var folder: LiveFolder
    let logger: Logger
    let report: ServiceNotice.Report
    /// Reads what happened today; nil if it cannot be read.
    let seed: @Sendable () async -> TodaySeed?

    private static let pace = Duration.milliseconds(250)
    /// How often an unchanged state is published, so that a quiet PBX can be distinguished from a standstill.
    private static let heartbeat = Duration.seconds(5)
    /// How often the PBX's answer time is measured.
    private static let measuring = Duration.seconds(15)

    /// Follows the PBX until the task is cancelled, through any failures.
    func run(_ publish: @escaping @Sendable (PBXState) -> Void) async {
        // No board waits for a warehouse that has to start first: its results are taken when they arrive. It is
        // asked once there is a connection, so that nothing is missing between its results and the first event.
        let found = SeedBox()
        await withTaskGroup { group in
            group.addTask {
                for await _ in found.wishes where !Task.isCancelled { found.put(await seed()) }
            }
            group.addTask {
                await run(found, publish)
                found.end()
            }
            await group.waitForAll()
        }
    }

    private func run(_ found: SeedBox, _ publish: @Sendable (PBXState) -> Void) async {
        var folder = folder
        var delay = configuration.reconnectDelay
        var told: String?
        while !Task.isCancelled {
            var failure: ManagerError?
            do {
                let mask = QueueLogWriter.mask
                try await EventFeed.withStreams([.init()], configuration, events: mask, logger: logger) {
                    feed,
                    streams in
                    delay = configuration.reconnectDelay
                    told = nil
                    try await follow(feed, streams[0], &folder, found, publish)
                }
            } catch {
                if Task.isCancelled { return }
                failure = error as? ManagerError
                folder.disconnected("\(error)", at: Moment.now)
                publish(folder.state(at: Moment.now))
                if told != "\(error)" { report(ServiceNotice(.warning, "PBX \(folder.name): \(error)")) }
                told = "\(error)"
            }
            try? await Task.sleep(for: delay)
            // A PBX may count refused logins against this address.
            let isRefused = failure?.code == .authenticationFailed
            delay = min(delay * 2, isRefused ? .seconds(60) : max(delay, configuration.longestReconnectDelay))
        }
    }

    private func follow(
        _ feed: EventFeed,
        _ stream: EventStream,
        _ folder: inout LiveFolder,
        _ found: SeedBox,
        _ publish: (PBXState) -> Void
    ) async throws {
        var published = Moment.distantPast
        var measured = Moment.distantPast
        let reconnects = folder.counts.reconnects
        let (events, dropped) = (folder.counts.events, folder.counts.dropped)
        while true {
            try await Self.take(stream, until: .now + Self.pace, into: &folder)
            if folder.needsSnapshot(at: Moment.now) { try await ask(feed, &folder) }
            if folder.wantsSeed(at: Moment.now) { found.wish() }
            if Moment.now - measured >= Self.measuring || Moment.now < measured {
                measured = Moment.now
                await measure(feed, &folder)
            }
            // After the lists, so that it is known who is waiting.
            if let seed = found.take() { folder.take(seed: seed, at: Moment.now) }
            let now = Moment.now
            guard folder.hasChanged || now - published >= Self.heartbeat || now < published else { continue }
            published = now
            let counts = stream.counts
            folder.counts = PBXState.Counts(
                events: events + counts.received,
                dropped: dropped + counts.dropped,
                reconnects: reconnects + counts.reconnects
            )
            publish(folder.state(at: now))
        }
    }

    private static func take(
        _ stream: EventStream,
        until end: ContinuousClock.Instant,
        into folder: inout LiveFolder
    ) async throws(ManagerError) {
        while let item = try await stream.next(until: end) {
            switch item {
            case .event(let received):
                for part in received.parts { folder.take(part.event, at: received.time(or: Moment.now)) }
            case .gap: folder.missedEvents(at: Moment.now)
            case .connected(let banner):
                folder.greeting = banner
                folder.connected(at: Moment.now)
            case .disconnected(let error, _): folder.disconnected("\(error)", at: Moment.now)
            }
            // A state is published in between, however many events arrive.
            if .now >= end { return }
        }
        if stream.isFinished { throw ManagerError(.cancelled, "The events of the PBX have ended.") }
    }

    /// Asks for a queue that no PBX has, which returns the shortest possible list.
    private func measure(_ feed: EventFeed, _ folder: inout LiveFolder) async {
        let start = ContinuousClock.now
        guard (try? await feed.list(Action("QueueStatus", .reads, ["Queue": "crm-voip-none"]))) != nil else { return }
        folder.answerTimes.add(ContinuousClock.now - start)
    }

    /// Asks for queues and channels. If they cannot be read now, they are requested again.
    private func ask(_ feed: EventFeed, _ folder: inout LiveFolder) async throws {
        do throws(ManagerError) {
            let start = ContinuousClock.now
            let items = try await feed.list(Action("QueueStatus")).compactMap { QueueSnapshotItem($0) }
            folder.answerTime = ContinuousClock.now - start
            let channels = try await feed.list(Action("CoreShowChannels"))
            folder.take(
                queues: items,
                channels: channels.compactMap { ChannelSnapshot($0.unescaped()) },
                at: Moment.now
            )
        } catch {
            if error.code == .cancelled { throw error }
            folder.snapshotFailed(at: Moment.now)
            folder.problem = "The queues cannot be read: \(error)"
        }
    }
}

/// Holds what was found about today until it is taken.
private final class SeedBox: Sendable {
    private let seed = Mutex<TodaySeed?>(nil)
    /// Has an element whenever somebody wants to have the seed.
    let wishes: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() { (wishes, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    func wish() { continuation.yield() }

    func end() { continuation.finish() }

    func put(_ new: TodaySeed?) { seed.withLock { $0 = new } }

    func take() -> TodaySeed? {
        seed.withLock { seed in
            defer { seed = nil }
            return seed
        }
    }
}
