import ArgumentParser

/// The CRM's contacts, to which calls are linked by number.
struct ContactsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contacts",
        abstract: "Look after the link between calls and the CRM's contacts.",
        subcommands: [ContactsSync.self, ContactsMatch.self]
    )
}
