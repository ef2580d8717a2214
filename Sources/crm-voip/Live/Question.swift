import Base
import Glibc

/// Asks for confirmation before something irreversible is done.
enum Question {
    /// Shows the affected things and asks.
    ///
    /// - Throws: ``Failure`` if the answer is no, which is assumed if there is no terminal.
    static func confirm(_ question: String, _ things: [String]) throws {
        tell(things.map { "  \(PrintableText.of($0))\n" }.joined())
        guard isatty(STDIN_FILENO) == 1 else {
            throw Failure(.usage, "Nothing was done: without a terminal, give --yes.")
        }
        tell("\(question) [y/N] ")
        guard ["y", "yes"].contains(try StandardInput.line()?.lowercased() ?? "") else {
            throw Failure(.failed, "Nothing was done.")
        }
    }

    private static func tell(_ text: String) {
        var text = text
        text.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
