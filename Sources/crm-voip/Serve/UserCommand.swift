import ArgumentParser
import Base
import Configuration
import Serve

/// Who may log in.
struct UserCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "Add, list and remove users of the server.",
        subcommands: [UserAdd.self, UserList.self, UserPassword.self, UserRemove.self]
    )
}

/// The file of users and tokens.
struct AccountsOptions: ParsableArguments {
    @OptionGroup var common: CommonOptions

    func file() throws -> AccountsFile { AccountsFile(path: try common.settings().serve.usersFile) }
}

struct UserAdd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a user; the password is asked for, or read from stdin."
    )

    @OptionGroup var accounts: AccountsOptions
    @Argument(help: "The name to log in with.") var name: String
    @Option(name: .long, help: "What the user may see and do.") var role: Role
    @Option(name: .long, help: ArgumentHelp("Only this queue; may be repeated.", valueName: "queue"))
    var queue: [String] = []

    func run() throws {
        let password = try Password.read(for: name)
        try accounts.file().addUser(name, role: role, password: password, queues: queue.isEmpty ? nil : queue)
        accounts.common.messages.info("Added \(name). A running server takes it in on SIGHUP.")
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
        accounts.common.messages.info("Changed. A running server takes it in on SIGHUP.")
    }
}

struct UserRemove: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Remove a user.")

    @OptionGroup var accounts: AccountsOptions
    @Argument(help: "The user.") var name: String

    func run() throws {
        try accounts.file().removeUser(name)
        accounts.common.messages.info("Removed \(name). A running server takes it in on SIGHUP.")
    }
}

struct UserList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the users and their roles.")

    @OptionGroup var accounts: AccountsOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let users = try accounts.file().users()
        let json = JSON.array(
            users.map { user in
                [
                    "name": .string(user.name), "role": .string(user.role.rawValue),
                    "queues": user.queues.map { .array($0.map { .string($0) }) } ?? nil,
                ]
            }
        )
        let text = users.map {
            "\($0.name)\t\($0.role.rawValue)\t\($0.queues?.joined(separator: ",") ?? "all queues")\n"
        }
        try StandardOutput.write(output.json ? json.text() + "\n" : text.joined())
    }
}
