import Base
import Configuration
import Glibc
import Services

/// Shows the queues as they change: on a terminal as a full screen, otherwise as JSON lines.
struct QueueWatch {
    let live: LiveOptions
    let queue: String?
    let isJSON: Bool

    func run() async throws {
        let settings = try live.common.settings()
        let service = BoardService(settings, logger: live.logger)
        let onScreen = live.common.terminal.isOutputTerminal && !isJSON && isatty(STDIN_FILENO) == 1
        do {
            if onScreen { try await show(service, settings) } else { try await print(service) }
        } catch  where Task.isCancelled {
            // Ctrl-C is the normal way to end this.
        }
    }

    private func show(_ service: BoardService, _ settings: Settings) async throws {
        let limits = settings.health["queue_wait"].map { ($0.warning, $0.critical) }
        var view = BoardView(style: live.common.terminal.outputStyle, thresholds: limits)
        do {
            view.names = try await CallerNames(settings, pbx: live.target.pbx)
        } catch {
            live.common.messages.warning("Callers are shown without their contacts' names: \(error)")
        }
        // Opened together with the first queues, so that an earlier error is shown on the normal screen.
        var screen: BoardScreen?
        try await service.follow(queue: queue, pbx: live.target.pbx, every: .milliseconds(250)) { state in
            let current = try screen ?? BoardScreen()
            screen = current
            let size = Terminal.size(of: STDOUT_FILENO) ?? (80, 24)
            let lines = view.lines(state.board, staleSince: state.staleSince, at: state.at, size: size)
            try current.draw(lines, size: size)
            for key in current.keys() {
                if key == UInt8(ascii: "q") || key == 3 { return false }
                if key == UInt8(ascii: "s") { view.order = view.order.next }
            }
            return true
        }
    }

    /// Waiting times increase without events; a line is printed only for a change.
    private func print(_ service: BoardService) async throws {
        var last = ""
        try await service.follow(queue: queue, pbx: live.target.pbx, every: .seconds(1)) { state in
            guard state.essence != last else { return true }
            last = state.essence
            try await StandardOutput.writeWaiting(state.json.line + "\n")
            return true
        }
    }
}
