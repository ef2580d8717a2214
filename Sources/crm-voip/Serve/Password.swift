import ArgumentParser
import Glibc

/// Reads a password without showing it: from a terminal with echo turned off, or from the first line of stdin.
enum Password {
    static func read(for name: String) throws -> String {
        guard isatty(STDIN_FILENO) == 1 else {
            guard let line = try StandardInput.line() else { throw ValidationError("stdin has no password.") }
            return line
        }
        let first = try ask("Password for \(name): ")
        guard try ask("Repeat the password: ") == first else { throw ValidationError("The two passwords differ.") }
        return first
    }

    private static func ask(_ question: String) throws -> String {
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else { throw ValidationError("The terminal cannot be read.") }
        var silent = settings
        silent.c_lflag &= ~tcflag_t(ECHO)
        var text = question
        text.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
            _ = write(STDERR_FILENO, "\n", 1)
        }
        guard let line = try StandardInput.line() else { throw ValidationError("No password was entered.") }
        return line
    }
}
