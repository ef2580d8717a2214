import Manager
import ManagerProtocol

/// Takes events from the PBX until told to stop.
struct EventFrontend {
    let live: LiveOptions
    let options: EventOptions
    let sink: EventSink

    func run() async throws -> EventStream.Counts {
        // Calls are folded from all of their events; the filter then only chooses what is shown.
        let filter = options.calls ? EventFilter() : options.terms
        return try await EventFeed.withFeed(
            try live.configuration(),
            events: options.mask ?? .on,
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
        while left > 0, let item = try await next(feed, end) {
            switch item {
            case .event(let event):
                try recording.write(event)
                left -= try sink.show(event)
            case .gap(let dropped):
                live.common.messages.warning("\(dropped) events were dropped: the reader is too slow.")
            case .connected: continue
            case .disconnected(let error, let pause):
                live.common.messages.warning("\(error) Events are missing from here on; trying again in \(pause).")
            }
        }
    }

    private func next(_ feed: EventFeed, _ end: ContinuousClock.Instant?) async throws -> EventStream.Item? {
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
