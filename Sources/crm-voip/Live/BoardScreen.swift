import AMI
import AMIClient
import Base
import Glibc

enum WallClockText {
    /// `14:03:59` in UTC.
    static func time(_ moment: Moment) -> String {
        String(moment.iso8601.dropFirst(11).dropLast())
    }
}

/// Uses the terminal as a separate screen: its previous content is restored at the end, whatever the reason for the
/// end.
final class BoardScreen {
    private var saved = termios()
    private var shown: [String] = []
    private var size = (width: 0, height: 0)

    init() throws {
        guard tcgetattr(STDIN_FILENO, &saved) == 0 else { throw Failure(.failed, "stdin is not a terminal.") }
        var raw = saved
        // Keys are read one by one and not echoed; Ctrl-C remains a signal.
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
        withUnsafeMutableBytes(of: &raw.c_cc) { keys in
            keys[Int(VMIN)] = 0
            keys[Int(VTIME)] = 0
        }
        tcsetattr(STDIN_FILENO, TCSANOW, &raw)
        // The alternate screen, no cursor.
        try StandardOutput.write("\u{1B}[?1049h\u{1B}[?25l")
    }

    deinit {
        try? StandardOutput.write("\u{1B}[?25h\u{1B}[?1049l")
        tcsetattr(STDIN_FILENO, TCSANOW, &saved)
    }

    /// Draws the lines that changed, in a single write to avoid flicker.
    func draw(_ lines: [String], size: (width: Int, height: Int)) throws {
        var text = ""
        let isResized = size != self.size
        if isResized { text += "\u{1B}[2J" }
        for (row, line) in lines.enumerated() where isResized || shown[row] != line {
            text += "\u{1B}[\(row + 1);1H\(line)\u{1B}[K"
        }
        if !text.isEmpty { try StandardOutput.write(text) }
        shown = lines
        self.size = size
    }

    /// Keys pressed since the last time.
    func keys() -> [UInt8] {
        var keys = [UInt8](repeating: 0, count: 64)
        let count = read(STDIN_FILENO, &keys, keys.count)
        return count > 0 ? Array(keys.prefix(count)) : []
    }
}
