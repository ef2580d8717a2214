import ArgumentParser

/// The CRM's contacts, by whose numbers calls are linked to them.
struct ContactsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contacts",
        abstract: "Look after the link between calls and the CRM's contacts.",
        subcommands: [ContactsSync.self, ContactsMatch.self]
    )
}
