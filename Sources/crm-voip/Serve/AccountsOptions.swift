import ArgumentParser
import Base
import Configuration
import Serve

/// The file of users and tokens, and how commands report changes to it.
struct AccountsOptions: ParsableArguments {
    @OptionGroup var common: CommonOptions

    func file() throws -> AccountsFile { AccountsFile(path: try common.settings().serve.usersFile) }

    /// Reports what was changed, and when it takes effect.
    func tell(_ sentence: String) {
        common.messages.info("\(sentence) A running server takes it in on SIGHUP.")
    }

    /// Prints a list: a line of cells for each item, or its JSON if requested.
    func write(_ rows: [[String]], _ items: [JSON], json: Bool) throws {
        let lines = rows.map { $0.map(PrintableText.of).joined(separator: "\t") + "\n" }
        try StandardOutput.write(json ? JSON.array(items).text() + "\n" : lines.joined())
    }
}

/// The queues that a user or a program may see.
struct QueueLimitOption: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Only this queue; may be repeated.", valueName: "queue"))
    var queue: [String] = []

    /// nil for all.
    var queues: [String]? { queue.isEmpty ? nil : queue }
}
