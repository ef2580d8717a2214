import ArgumentParser
import Base
import Serve

/// Users who may log in.
struct UserCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "Add, list and remove users of the server.",
        subcommands: [UserAdd.self, UserList.self, UserPassword.self, UserRemove.self]
    )
}

struct UserAdd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a user; the password is asked for, or read from stdin."
    )

    @OptionGroup var accounts: AccountsOptions
    @Argument(help: "The name to log in with.") var name: String
    @Option(name: .long, help: "What the user may see and do.") var role: Role
    @OptionGroup var limit: QueueLimitOption

    func run() throws {
        let password = try Password.read(for: name)
        try accounts.file().addUser(name, role: role, password: password, queues: limit.queues)
        accounts.tell("Added \(name).")
    }
}

struct UserPassword: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "password",
        abstract: "Change a user's password; it is asked for, or read from stdin."
    )

    @OptionGroup var accounts: AccountsOptions
    @Argument(help: "The user.") var name: String

    func run() throws {
        try accounts.file().setPassword(of: name, to: try Password.read(for: name))
        accounts.tell("Changed.")
    }
}

struct UserRemove: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Remove a user.")

    @OptionGroup var accounts: AccountsOptions
    @Argument(help: "The user.") var name: String

    func run() throws {
        try accounts.file().removeUser(name)
        accounts.tell("Removed \(name).")
    }
}

struct UserList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the users and their roles.")

    @OptionGroup var accounts: AccountsOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let users = try accounts.file().users()
        let rows = users.map { [$0.name, $0.role.rawValue, $0.queues?.joined(separator: ",") ?? "all queues"] }
        try accounts.write(rows, users.map(Self.json), json: output.json)
    }

    private static func json(_ user: AccountsFile.ListedUser) -> JSON {
        [
            "name": .string(user.name), "role": .string(user.role.rawValue),
            "queues": user.queues.map { .array($0.map { .string($0) }) } ?? nil,
        ]
    }
}
