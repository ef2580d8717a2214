import Base
import Glibc
import Services

/// Everything that is not data: sentences on stderr, each on a line that begins with the program's name. What steers a
/// terminal is taken out of them.
struct Messages: Sendable {
    var terminal: Terminal
    var isVerbose = false
    var isQuiet = false

    /// What is being done; only with `--verbose`.
    func note(_ sentence: String) {
        if isVerbose { write("crm-voip: \(PrintableText.of(sentence))") }
    }

    /// What was done; not with `--quiet`, and only where somebody looks: cron mails whatever is printed.
    func info(_ sentence: String) {
        if !isQuiet, isVerbose || terminal.isErrorTerminal { write(PrintableText.of(sentence)) }
    }

    /// What a command that runs for hours came to; not with `--quiet`. Nobody looks at such a one while it ends, so it goes to
    /// the log as well.
    func total(_ sentence: String) {
        if !isQuiet { write(PrintableText.of(sentence)) }
    }

    /// What is odd and was done all the same; not with `--quiet`.
    func warning(_ sentence: String) {
        if !isQuiet { write("crm-voip: \(terminal.errorStyle.yellow("warning:")) \(PrintableText.of(sentence))") }
    }

    /// Why it failed.
    ///
    /// - Parameter isBlock: whether the sentence has lines of its own. Else it stays one line, whatever the name of a file or
    ///   queue in it holds, so that none can forge a line.
    func error(_ sentence: String, isBlock: Bool = false) {
        let lines = isBlock ? sentence.split(separator: "\n", omittingEmptySubsequences: false) : [sentence[...]]
        let text = lines.map { PrintableText.of(String($0)) }.joined(separator: "\n")
        write("\(terminal.errorStyle.red("crm-voip:")) \(text)")
    }

    /// What a service has to say.
    func show(_ notice: ServiceNotice) {
        switch notice.level {
        case .note: note(notice.sentence)
        case .info: info(notice.sentence)
        case .warning: warning(notice.sentence)
        case .error: error(notice.sentence)
        }
    }

    private func write(_ line: String) {
        // One write a line, so that lines of several processes do not mix. There is nobody to tell if it fails.
        var line = line + "\n"
        line.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
