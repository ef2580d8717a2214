import Testing
import TestSupport

@testable import MariaDB

@Suite("Failures of a connection", .enabled(if: TestMariaDB.isInstalled, "needs mariadbd"))
struct ConnectionErrorTests {
    /// The error of a connection attempt.
    private func failure(_ change: (inout Configuration) -> Void) throws -> DatabaseError? {
        #expect(throws: DatabaseError.self) { _ = try Database.connect(change).serverVersion }
    }

    @Test("a server that does not exist")
    func nobodyThere() throws {
        let port = try TestProcess.freePort()
        let error = try failure {
            $0.socket = nil
            $0.host = "127.0.0.1"
            $0.port = port
        }
        #expect(error?.code == .connection)
        #expect(try failure { $0.socket = "/nonexistent/socket" }?.code == .connection)
    }

    @Test("a wrong password, which is not repeated")
    func wrongPassword() throws {
        let error = try failure {
            $0.user = "nobody-of-that-name"
            $0.password = "hunter2"
        }
        #expect(error?.code == .authentication)
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test("no dump shows the password")
    func dumps() {
        let configuration = Configuration(host: "pbx", user: "u", password: "hunter2", database: "d")
        var text = ""
        dump(configuration, to: &text)
        #expect(!(text + "\(configuration)" + String(reflecting: configuration)).contains("hunter2"))
        #expect("\(configuration)" == "u@pbx/d")
    }

    @Test("a missing database, a missing table, a missing right")
    func refusals() throws {
        #expect(try failure { $0.database = "no_such" }?.number == 1049)
        let database = try Database()
        try database.run("CREATE TABLE t (a INT)", "CREATE USER IF NOT EXISTS poor@localhost")
        var connection = try database.connect()
        #expect(throws: DatabaseError.self) { try connection.query("SELECT * FROM no_such") }
        #expect(try connection.query("SELECT 1") == [["1"]], "a refused statement leaves the connection alive")
        let denied = try failure {
            $0.user = "poor"
            $0.database = database.name
        }
        #expect(denied?.code == .denied)
        #expect(denied?.description.hasSuffix("GRANT SELECT ON \(database.name).* TO 'poor'@'localhost';") == true)
        try database.run("CREATE TABLE other (a INT)", "GRANT SELECT ON \(database.name).other TO poor@localhost")
        var reader = try Database.connect {
            $0.user = "poor"
            $0.database = database.name
        }
        let refused = #expect(throws: DatabaseError.self) { try reader.query("SELECT * FROM t") }
        #expect(refused?.description.hasSuffix("GRANT SELECT ON \(database.name).t TO 'poor'@'localhost';") == true)
    }

    @Test("a killed connection, between and during statements")
    func killed() throws {
        var connection = try Database.connect()
        try Database.run("KILL \(connection.identifier)")
        let error = #expect(throws: DatabaseError.self) { try connection.query("SELECT 1") }
        #expect(error?.code == .lost)
        let isBroken = connection.isBroken
        #expect(isBroken)

        var streaming = try Database.connect()
        try streaming.begin("SELECT seq, REPEAT('x', 1000) FROM mysql.seq_1_to_100000")
        #expect(try streaming.next { _ in })
        try Database.run("KILL \(streaming.identifier)")
        let broken = #expect(throws: DatabaseError.self) { while try streaming.next({ _ in }) {} }
        #expect(broken?.code == .lost, "the result must not look complete")
    }

    @Test("a server that is silent for too long")
    func silent() throws {
        var connection = try Database.connect { $0.readTimeout = 1 }
        let error = #expect(throws: DatabaseError.self) { try connection.query("SELECT SLEEP(5)") }
        #expect(error?.code == .timeout)
    }

    @Test(
        "sorts error numbers",
        arguments: [
            2003: DatabaseError.Code.connection, 1040: .connection, 1045: .authentication, 1698: .authentication,
            1049: .missingDatabase, 1142: .denied, 2026: .tls, 1205: .timeout, 1969: .timeout, 2006: .lost, 2013: .lost,
            1927: .lost,
            1064: .sql, 1146: .sql,
        ] as [UInt32: DatabaseError.Code]
    )
    func numbers(number: UInt32, code: DatabaseError.Code) {
        #expect(DatabaseError.Code(errorNumber: number) == code)
    }
}
