import Base
import Glibc
import Services

/// Everything that is not data: sentences on stderr, each on a line that begins with the program's name. Characters
/// that control a terminal are removed.
struct Messages: Sendable {
    var terminal: Terminal
    var isVerbose = false
    var isQuiet = false

    /// Reports what is being done; only with `--verbose`.
    func note(_ sentence: String) {
        if isVerbose { write("crm-voip: \(PrintableText.of(sentence))") }
    }

    /// Reports what was done; not with `--quiet`, and only to a terminal: cron mails whatever is printed.
    func info(_ sentence: String) {
        if !isQuiet, isVerbose || terminal.isErrorTerminal { write(PrintableText.of(sentence)) }
    }

    /// The summary of a command that ran for hours; not with `--quiet`. Nobody watches such a command when it ends, so
    /// the summary is also written to a log.
    func total(_ sentence: String) {
        if !isQuiet { write(PrintableText.of(sentence)) }
    }

    /// Reports something unusual that was done anyway; not with `--quiet`.
    func warning(_ sentence: String) {
        if !isQuiet { write("crm-voip: \(terminal.errorStyle.yellow("warning:")) \(PrintableText.of(sentence))") }
    }

    /// Reports why it failed.
    ///
    /// - Parameter isBlock: whether the message consists of several lines. Otherwise it stays on one line, whatever
    ///   characters the name of a file or queue contains, so that no name can forge a line.
    func error(_ sentence: String, isBlock: Bool = false) {
        let lines = isBlock ? sentence.split(separator: "\n", omittingEmptySubsequences: false) : [sentence[...]]
        let text = lines.map { PrintableText.of(String($0)) }.joined(separator: "\n")
        write("\(terminal.errorStyle.red("crm-voip:")) \(text)")
    }

    /// Shows a message from a service.
    func show(_ notice: ServiceNotice) {
        switch notice.level {
        case .note: note(notice.sentence)
        case .info: info(notice.sentence)
        case .warning: warning(notice.sentence)
        case .error: error(notice.sentence)
        }
    }

    private func write(_ line: String) {
        // One write for each line, so that lines of several processes do not mix. A failure cannot be reported
        // anywhere.
        var line = line + "\n"
        line.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
