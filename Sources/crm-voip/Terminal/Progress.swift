import Glibc
import Services
import Synchronization

/// A progress display on stderr: redrawn at most ten times a second, and suppressed if stderr is not a terminal.
final class Progress: Sendable {
    private struct State {
        var label = ""
        var start = ContinuousClock.now
        var drawn: ContinuousClock.Instant?
    }

    private let isShown: Bool
    private let state = Mutex(State())

    private init(_ messages: Messages) {
        isShown = messages.terminal.isErrorTerminal && !messages.isQuiet
    }

    /// Shows progress while `body` runs, and erases it at the end, so that subsequent output begins at the left margin.
    static func withDisplay<Result>(
        _ messages: Messages,
        _ body: (@escaping ServiceProgress.Report) async throws -> Result
    ) async throws -> Result {
        let display = Progress(messages)
        defer { display.erase() }
        return try await body { display.show($0) }
    }

    private func show(_ progress: ServiceProgress) {
        guard isShown else { return }
        state.withLock { state in
            let now = ContinuousClock.now
            // The speed applies to this file, or to the calls built from all files.
            if state.label != progress.label { (state.label, state.start) = (progress.label, now) }
            if let drawn = state.drawn, now - drawn < .milliseconds(100) { return }
            state.drawn = now
            let line = ProgressLine(progress, elapsed: (now - state.start) / .seconds(1))
            Self.draw(line.text(width: (Terminal.size(of: STDERR_FILENO)?.width ?? 80) - 1))
        }
    }

    private func erase() {
        state.withLock { state in
            if state.drawn != nil { Self.draw("") }
            state.drawn = nil
        }
    }

    private static func draw(_ line: String) {
        var text = "\r\(line)\u{1B}[K"
        text.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
