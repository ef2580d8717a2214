import AMIClient
import ArgumentParser
import Base
import Serve

/// Programs that may ask.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Add, list and remove tokens for programs.",
        subcommands: [TokenAdd.self, TokenList.self, TokenRemove.self]
    )
}

struct TokenAdd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Make a token and print it, once: only its hash is kept."
    )

    @OptionGroup var accounts: AccountsOptions
    @Argument(help: "What it is for.") var name: String
    @Option(name: .long, help: "What the program may see and do.") var role = Role.viewer
    @Option(name: .long, help: ArgumentHelp("What it is used for; may be repeated.", valueName: "scope"))
    var scope: [Scope]
    @Option(name: .long, help: ArgumentHelp("Days until it stops working.", valueName: "number")) var days = 365
    @Option(name: .long, help: ArgumentHelp("Only this queue; may be repeated.", valueName: "queue"))
    var queue: [String] = []

    func validate() throws {
        if scope.isEmpty { throw ValidationError("--scope is missing.") }
        if !(1...3650).contains(days) { throw ValidationError("--days is 1 to 3650.") }
    }

    func run() throws {
        let token = try accounts.file().addToken(
            name,
            role: role,
            scopes: scope,
            expires: .now + .seconds(days * 86_400),
            queues: queue.isEmpty ? nil : queue
        )
        try StandardOutput.write(token + "\n")
        accounts.common.messages.info("A running server takes it in on SIGHUP.")
    }
}

struct TokenRemove: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Remove a token.")

    @OptionGroup var accounts: AccountsOptions
    @Argument(help: "Its id, as `token list` shows it.") var id: String

    func run() throws {
        try accounts.file().removeToken(id)
        accounts.common.messages.info("Removed. A running server takes it in on SIGHUP.")
    }
}

struct TokenList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the tokens.")

    @OptionGroup var accounts: AccountsOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let tokens = try accounts.file().tokens()
        let text = tokens.map { token in
            let scopes = token.scopes.map(\.rawValue).joined(separator: ",")
            return
                "\(token.id)\t\(token.name)\t\(token.role.rawValue)\t\(scopes)\t\(token.expires.iso8601)\n"
        }
        try StandardOutput.write(output.json ? Self.json(tokens).text() + "\n" : text.joined())
    }

    private static func json(_ tokens: [AccountsFile.ListedToken]) -> JSON {
        .array(
            tokens.map { token in
                [
                    "id": .string(token.id), "name": .string(token.name), "role": .string(token.role.rawValue),
                    "scopes": .array(token.scopes.map { .string($0.rawValue) }),
                    "expires": .string(token.expires.iso8601),
                ]
            }
        )
    }
}
