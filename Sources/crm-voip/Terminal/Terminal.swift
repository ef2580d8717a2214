import Glibc

/// The properties of stdout and stderr, determined once from the options and passed down.
struct Terminal: Sendable {
    /// Whether stdout is a terminal, so that tables can be fitted to its width.
    var isOutputTerminal: Bool
    /// Whether stderr is one, so that progress can be drawn.
    var isErrorTerminal: Bool
    /// Columns: of stdout's terminal if it is one, else `COLUMNS`, else of stderr's terminal, else ``pipedWidth``.
    var width: Int
    var height: Int
    /// Whether the user and the terminal want colours; `outputStyle` and `errorStyle` also consider the destination.
    var wantsColour: Bool

    /// Examines the process's descriptors. Colours are off with `--no-color`, a non-empty `NO_COLOR`
    /// (https://no-color.org), and on a dumb terminal.
    init(noColor: Bool, environment: [String: String] = ProcessEnvironment.current) {
        isOutputTerminal = isatty(STDOUT_FILENO) == 1
        isErrorTerminal = isatty(STDERR_FILENO) == 1
        let isDumb = environment["TERM"] == "dumb"
        wantsColour = !noColor && !isDumb && environment["NO_COLOR", default: ""].isEmpty
        if isDumb { isErrorTerminal = false }
        let size = Terminal.size(of: STDOUT_FILENO) ?? Terminal.size(of: STDERR_FILENO)
        let columns = environment["COLUMNS"].flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil }
        width =
            isOutputTerminal
            ? size?.width ?? columns ?? 80
            : columns ?? size?.width ?? Self.pipedWidth
        height = size?.height ?? environment["LINES"].flatMap(Int.init) ?? 24
    }

    /// The number of columns if it is unknown, as in a cron mail or a pager.
    static let pipedWidth = 120

    /// Styles for stdout.
    var outputStyle: Style { Style(isOn: wantsColour && isOutputTerminal) }
    /// Styles for stderr.
    var errorStyle: Style { Style(isOn: wantsColour && isErrorTerminal) }

    /// The current size, which changes when the window is resized.
    static func size(of descriptor: Int32) -> (width: Int, height: Int)? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return (Int(size.ws_col), max(1, Int(size.ws_row)))
    }
}

/// Text attributes by ECMA-48, or none.
struct Style: Sendable {
    var isOn: Bool

    func bold(_ text: String) -> String { wrapped(text, "1") }
    func dim(_ text: String) -> String { wrapped(text, "2") }
    func red(_ text: String) -> String { wrapped(text, "31") }
    func green(_ text: String) -> String { wrapped(text, "32") }
    func yellow(_ text: String) -> String { wrapped(text, "33") }

    private func wrapped(_ text: String, _ code: String) -> String {
        isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
