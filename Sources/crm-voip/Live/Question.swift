import Glibc

/// Asks a person before something is done that cannot be undone.
enum Question {
    /// Shows the things and asks. Where nobody sits at a terminal the answer is no, and says how to do without.
    static func confirms(_ question: String, _ things: [String]) -> Bool {
        var text = things.map { "  \(LiveText.printable($0))\n" }.joined()
        guard !things.isEmpty else {
            tell("There are none.\n")
            return false
        }
        guard isatty(STDIN_FILENO) == 1 else {
            tell(text + "Nothing was done: without a terminal, give --yes.\n")
            return false
        }
        text += "\(question) [y/N] "
        tell(text)
        return ["y", "yes"].contains(readLine()?.lowercased() ?? "")
    }

    private static func tell(_ text: String) {
        var text = text
        text.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
