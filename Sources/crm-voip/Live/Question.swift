import Base
import Glibc

/// Asks a person before something is done that cannot be undone.
enum Question {
    /// Shows the things and asks.
    ///
    /// - Throws: ``Failure`` if the answer is no, which it is where nobody sits at a terminal.
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
