import MariaDB
import Synchronization
import TestSupport

/// A database for one test on the tests' server.
struct Database {
    private static let counter = Atomic(0)

    let name: String

    init() throws {
        let number = Self.counter.add(1, ordering: .relaxed).newValue
        name = "test_\(number)"
        try Self.run("CREATE DATABASE \(name)")
    }

    /// How to connect to the server as its administrator.
    static func configuration() throws -> Configuration {
        var configuration = Configuration(socket: try TestMariaDB.shared().socket, user: "root")
        configuration.optionGroup = nil
        return configuration
    }

    static func connect(_ change: (inout Configuration) -> Void = { _ in }) throws -> Connection {
        var configuration = try Self.configuration()
        change(&configuration)
        return try Connection(configuration)
    }

    static func run(_ statements: String...) throws {
        var connection = try connect()
        for sql in statements { try connection.execute(sql) }
    }

    func configuration() throws -> Configuration {
        var configuration = try Self.configuration()
        configuration.database = name
        return configuration
    }

    func connect(_ change: (inout Configuration) -> Void = { _ in }) throws -> Connection {
        var configuration = try configuration()
        change(&configuration)
        return try Connection(configuration)
    }

    func run(_ statements: String...) throws {
        var connection = try connect()
        for sql in statements { try connection.execute(sql) }
    }
}
