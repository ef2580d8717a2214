import Base
import FoundationEssentials

/// The content of the users file: the users who may log in, and the tokens.
struct Accounts: Sendable, Equatable, Codable {
    /// A user who may log in.
    struct User: Sendable, Equatable, Codable {
        var name: String
        var role: Role
        var password: PasswordHash
        /// The queues that may be shown; nil for all.
        var queues: [String]?
    }

    /// A program that may use the API.
    struct Token: Sendable, Equatable, Codable {
        /// The public part of the token.
        var id: String
        /// Its purpose.
        var name: String
        var role: Role
        var scopes: [Scope]
        var secret: PasswordHash
        var expires: Expiry
        var queues: [String]?
    }

    /// When something expires; in the file, a number of seconds since 1970. A number that is not a moment is in the past.
    struct Expiry: Sendable, Equatable, Codable {
        var moment: Moment

        init(_ moment: Moment) { self.moment = moment }

        init(from decoder: any Decoder) throws {
            let seconds = try decoder.singleValueContainer().decode(Double.self)
            moment = Moment(secondsSince1970: seconds) ?? .distantPast
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(moment.wholeSeconds)
        }
    }

    var users: [User] = []
    var tokens: [Token] = []

    /// The user with this name.
    subscript(name: String) -> User? { users.first { $0.name == name } }

    /// Whether nobody can log in and no program has a token.
    var isEmpty: Bool { users.isEmpty && tokens.isEmpty }

    /// A valid name is short, and remains a single word in a log.
    static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                (byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\"))
            }
    }
}

extension Role: Codable {}
extension Scope: Codable {}

/// The users file: JSON, readable only by its owner, and replaced as a whole.
public struct AccountsFile: Sendable {
    let path: String

    /// The file at a path.
    public init(path: String) { self.path = path }

    /// Its content; empty if the file does not exist.
    ///
    /// - Throws: ``ServeError`` if it cannot be read, is invalid, or can be read by others.
    func read() throws(ServeError) -> Accounts {
        let file: SmallFile
        do { file = try SmallFile(path: path) } catch {
            if error.code == .missing { return Accounts() }
            throw ServeError(.configuration, "\(error)", underlying: error)
        }
        guard !file.isReadableByOthers, !file.isForeign else {
            throw ServeError(
                .configuration,
                "The users file \(path) can be read by others. Run chmod 600 on it, and let the server's user own it."
            )
        }
        do { return try JSONDecoder().decode(Accounts.self, from: Data(file.bytes)) } catch {
            throw ServeError(
                .configuration,
                "The users file \(path) is damaged. Restore it, or remove it and add the users again.",
                underlying: error
            )
        }
    }

    /// Changes it without a lock: one administrator at a time.
    func change(_ body: (inout Accounts) throws(ServeError) -> Void) throws(ServeError) {
        var accounts = try read()
        try body(&accounts)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        do {
            try Folder.make(Folder.parent(of: path))
            let bytes = Array(try encoder.encode(accounts))
            try AtomicFile.replace(path, with: bytes, permissions: 0o600)
        } catch {
            throw ServeError(.failed, "The users file \(path) cannot be written: \(error)", underlying: error)
        }
    }
}
