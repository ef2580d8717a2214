import Configuration
import Glibc
import Base
import AMIClient
import AMI
import Services

/// Keeps a board of queues up to date and shows it: on a terminal as a screen, elsewhere as JSON lines.
struct QueueWatch {
    let live: LiveOptions
    let queue: String?
    let isJSON: Bool

    func run() async throws {
        let mask = EventMask(classes: ["agent", "call"]) ?? .on
        let terms = ["Queue*", "Agent*"]
        let filter = EventFilter(terms: terms) ?? EventFilter()
        let configuration = try live.configuration()
        let onScreen = live.common.terminal.isOutputTerminal && !isJSON && isatty(STDIN_FILENO) == 1
        try await EventFeed.withFeed(configuration, events: mask, filter: filter, logger: live.logger) { feed in
            var keeper = BoardKeeper(feed: feed, queue: queue)
            try await keeper.refresh()
            if let queue, keeper.board.queues.isEmpty { throw Failure(.failed, "The PBX has no queue \(queue).") }
            do {
                if onScreen { try await show(&keeper) } else { try await print(&keeper) }
            } catch let error as ManagerError where error.code == .cancelled {
                // Ctrl-C is how this ends.
            }
        }
    }

    private func show(_ keeper: inout BoardKeeper) async throws {
        let settings = try live.common.settings()
        let limits = settings.health["queue_wait"].map { ($0.warning, $0.critical) }
        var view = BoardView(style: live.common.terminal.outputStyle, thresholds: limits)
        do {
            view.names = try await CallerNames(settings, pbx: live.target.pbx)
        } catch {
            live.common.messages.warning("Callers are shown without their contacts' names: \(error)")
        }
        let screen = try BoardScreen()
        while true {
            let size = Terminal.size(of: STDOUT_FILENO) ?? (80, 24)
            let lines = view.lines(keeper.board, staleSince: keeper.staleSince, at: WallClock.now, size: size)
            try screen.draw(lines, size: size)
            for key in screen.keys() {
                if key == UInt8(ascii: "q") || key == 3 { return }
                if key == UInt8(ascii: "s") { view.order = view.order.next }
            }
            try await keeper.wait(for: .milliseconds(250))
        }
    }

    private func print(_ keeper: inout BoardKeeper) async throws {
        var last = ""
        while true {
            let now = WallClock.now
            let isStale = keeper.staleSince != nil
            // Waiting times run without an event; a line is printed for a change only.
            let queues = JSON.array(keeper.board.queues.map { $0.json(at: $0.callers.first?.since ?? 0) }).line
            let state = "\(isStale) \(queues)"
            if state != last {
                last = state
                let line = JSON.object([
                    ("time", .string(WallClock.timestamp(now))), ("stale", .boolean(isStale)),
                    ("queues", .array(keeper.board.queues.map { $0.json(at: now) })),
                ])
                try StandardOutput.write(line.line + "\n")
            }
            try await keeper.wait(for: .seconds(1))
        }
    }
}

/// A board that follows its events, and is read anew when they had a gap, and every half minute against drift.
struct BoardKeeper {
    let feed: EventFeed
    private(set) var board: QueueBoard
    /// Since when there is no connection, in seconds since 1970.
    private(set) var staleSince: Double?
    private var nextSnapshot = ContinuousClock.now
    private let query: Action

    init(feed: EventFeed, queue: String?) {
        self.feed = feed
        board = QueueBoard(queues: queue.map { [$0] } ?? [])
        query = Action("QueueStatus", .reads, ["Queue": queue])
    }

    /// Takes a snapshot. Without a connection the board stays as it is, and stale.
    mutating func refresh() async throws {
        board.replace(with: try await feed.list(query), at: WallClock.now)
        nextSnapshot = .now + .seconds(30)
    }

    /// Takes the events that come meanwhile.
    mutating func wait(for time: Duration) async throws {
        let end = ContinuousClock.now + time
        while let item = try await feed.events.next(until: end) {
            switch item {
            case .event(let raw):
                for event in raw.normalised() { board.apply(event, at: WallClock.now) }
            case .gap, .connected:
                staleSince = nil
                nextSnapshot = .now
            case .disconnected: staleSince = staleSince ?? WallClock.now
            }
        }
        if staleSince == nil, .now >= nextSnapshot {
            do {
                try await refresh()
            } catch let error as ManagerError {
                if error.code == .authenticationFailed || error.code == .permissionDenied { throw error }
                nextSnapshot = .now + .seconds(1)
            }
        }
    }
}
