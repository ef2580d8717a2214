import AMIClient
import AMI

/// Takes events from the PBX until told to stop.
struct EventFrontend {
    let live: LiveOptions
    let options: EventOptions
    let sink: EventSink

    /// Where queue events are stored; nil if they are not.
    private let store: EventStore?

    init(live: LiveOptions, options: EventOptions, sink: EventSink) throws {
        (self.live, self.options, self.sink) = (live, options, sink)
        store =
            options.store
            ? try EventStore(try live.common.settings(), pbx: live.target.pbx, messages: live.common.messages) : nil
    }

    func run() async throws -> EventStream.Counts {
        guard let store else { return try await follow() }
        return try await store.run(follow)
    }

    /// What is asked of the PBX.
    private var request: (mask: EventMask, filter: EventFilter) {
        if options.store, !sink.isShowing, options.record == nil {
            var filter = EventFilter()
            filter.names = QueueLogWriter.events
            return (options.mask ?? EventMask(classes: QueueLogWriter.classes) ?? .on, filter)
        }
        // Calls and lines of the queue_log are folded from more events than are shown.
        return (options.mask ?? .on, options.calls || options.store ? EventFilter() : options.terms)
    }

    private func follow() async throws -> EventStream.Counts {
        let (mask, filter) = request
        return try await EventFeed.withFeed(
            try live.configuration(),
            events: mask,
            filter: filter,
            logger: live.logger
        ) { feed in
            if options.calls { sink.start(with: try await feed.list(Action("CoreShowChannels"))) }
            do {
                try await consume(feed)
            } catch let error as ManagerError where error.code == .cancelled {
                // Ctrl-C is how this ends.
            }
            return feed.events.counts
        }
    }

    private func consume(_ feed: EventFeed) async throws {
        let recording = try EventRecording(options)
        let end = options.seconds.map { ContinuousClock.now + .seconds($0) }
        var left = options.count ?? .max
        var tick = ContinuousClock.now
        // Since the connection was made or events were dropped, until the PBX has said who is there.
        var isBlind = false
        while left > 0 {
            if let store, ContinuousClock.now >= tick {
                tick = .now + .seconds(1)
                if isBlind { isBlind = await !look(at: feed, store) }
                store.spool.tick(at: WallClock.now)
            }
            guard let item = try await next(feed, until: store == nil ? end : min(end ?? tick, tick)) else {
                if store == nil || end.map({ ContinuousClock.now >= $0 }) ?? false { return }
                continue
            }
            switch item {
            case .event(let event):
                try recording.write(event)
                store?.spool.take(event, at: WallClock.now)
                left -= try sink.show(event)
            case .gap(let dropped):
                live.common.messages.warning("\(dropped) events were dropped: the reader is too slow.")
                store?.spool.lost(at: WallClock.now)
                isBlind = true
                tick = .now
            case .connected:
                isBlind = true
                tick = .now
            case .disconnected(let error, let pause):
                live.common.messages.warning("\(error) Events are missing from here on; trying again in \(pause).")
                store?.spool.lost(at: WallClock.now)
                isBlind = false
            }
        }
    }

    /// Tells the store who is in the queues now; false if the PBX does not say.
    private func look(at feed: EventFeed, _ store: EventStore) async -> Bool {
        do {
            let items = try await feed.list(Action("QueueStatus"))
            store.spool.take(snapshot: items, at: WallClock.now)
            return true
        } catch {
            live.common.messages.note("The queues cannot be looked at: \(error)")
            return false
        }
    }

    private func next(_ feed: EventFeed, until end: ContinuousClock.Instant?) async throws -> EventStream.Item? {
        if let end { return try await feed.events.next(until: end) }
        return try await feed.events.next()
    }

    static func summary(_ counts: EventStream.Counts) -> String {
        "\(counts.received) events received, \(counts.dropped) dropped, \(counts.reconnects) connections lost"
    }
}

/// The files that events go to besides.
final class EventRecording {
    private var recorder: EventRecorder?
    private var queueLog: QueueLogRecorder?

    init(_ options: EventOptions) throws {
        if let path = options.record { recorder = try EventRecorder(path: path) }
        if let path = options.queueLog { queueLog = try QueueLogRecorder(path: path) }
    }

    func write(_ event: Message) throws {
        try recorder?.write(event)
        try queueLog?.write(event)
    }
}
