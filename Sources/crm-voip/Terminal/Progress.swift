import Glibc

/// A progress display on stderr: redrawn at most ten times a second, and nothing at all where stderr is no terminal.
struct Progress: ~Copyable {
    private let isShown: Bool
    private let start = ContinuousClock.now
    private var drawn: ContinuousClock.Instant?

    /// Begins a display; nothing is drawn before the first update.
    init(messages: Messages) {
        isShown = messages.terminal.isErrorTerminal && !messages.isQuiet
    }

    /// Shows how many bytes of a file are done. The label may change with every file.
    mutating func update(_ label: String, done: Int, total: Int?) {
        guard isShown else { return }
        let now = ContinuousClock.now
        if let drawn, now - drawn < .milliseconds(100) { return }
        drawn = now
        let elapsed = (now - start) / .seconds(1)
        let width = (Terminal.size(of: STDERR_FILENO)?.width ?? 80) - 1
        Self.draw(ProgressLine(label: label, done: done, total: total, elapsed: elapsed).text(width: width))
    }

    /// Clears the line, so that what follows stands alone.
    deinit {
        if drawn != nil { Self.draw("") }
    }

    private static func draw(_ line: String) {
        var text = "\r\(line)\u{1B}[K"
        text.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
