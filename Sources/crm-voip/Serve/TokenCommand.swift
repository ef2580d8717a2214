import AMIClient
import ArgumentParser
import Base
import Serve

/// Programs that may use the API.
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
    @OptionGroup var limit: QueueLimitOption

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
            queues: limit.queues
        )
        try StandardOutput.write(token + "\n")
        let isForDisplay = role == .wall && scope == [.wall]
        accounts.tell(isForDisplay ? "Added. A display opens /display?ticket= followed by it." : "Added.")
    }
}

struct TokenRemove: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Remove a token.")

    @OptionGroup var accounts: AccountsOptions
    @Argument(help: "Its id, as `token list` shows it.") var id: String

    func run() throws {
        try accounts.file().removeToken(id)
        accounts.tell("Removed.")
    }
}

struct TokenList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the tokens.")

    @OptionGroup var accounts: AccountsOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let tokens = try accounts.file().tokens()
        let rows = tokens.map { token in
            [
                token.id, token.name, token.role.rawValue, token.scopes.map(\.rawValue).joined(separator: ","),
                token.expires.iso8601,
            ]
        }
        try accounts.write(rows, tokens.map(Self.json), json: output.json)
    }

    private static func json(_ token: AccountsFile.ListedToken) -> JSON {
        [
            "id": .string(token.id), "name": .string(token.name), "role": .string(token.role.rawValue),
            "scopes": .array(token.scopes.map { .string($0.rawValue) }),
            "expires": .string(token.expires.iso8601),
        ]
    }
}
