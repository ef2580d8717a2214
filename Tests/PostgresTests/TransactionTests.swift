import Postgres
import Testing
import TestSupport

@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct TransactionTests {
    struct Mishap: Error {}

    let server: TestPostgres

    init() throws {
        server = try #require(TestPostgres.shared)
    }

    private func numbers(_ connection: borrowing Connection) throws -> [Int64] {
        try connection.query("SELECT n FROM t ORDER BY n").map { row throws(PostgresError) in try row.int64(0) }
    }

    @Test func aThrownErrorRollsBack() throws {
        let connection = try Connection(server.address())
        try connection.execute("CREATE TEMP TABLE t (n int)")
        try connection.transaction { try $0.execute("INSERT INTO t VALUES (1)") }
        #expect(throws: Mishap.self) {
            try connection.transaction { connection throws in
                try connection.execute("INSERT INTO t VALUES (2)")
                throw Mishap()
            }
        }
        #expect(try numbers(connection) == [1])
        let isInTransaction = connection.isInTransaction
        #expect(!isInTransaction)
    }

    @Test func aSwallowedErrorIsNotACommit() throws {
        let connection = try Connection(server.address())
        let error = #expect(throws: PostgresError.self) {
            try connection.transaction { connection throws in
                _ = try? connection.execute("SELECT 1 / 0")
            }
        }
        #expect(error?.code == .transactionAborted)
        let isInTransaction = connection.isInTransaction
        #expect(!isInTransaction)
    }

    @Test func savepointsTakeBackTheirOwnChangesOnly() throws {
        let connection = try Connection(server.address())
        try connection.execute("CREATE TEMP TABLE t (n int PRIMARY KEY)")
        try connection.transaction { connection throws in
            try connection.execute("INSERT INTO t VALUES (1)")
            let outer = #expect(throws: PostgresError.self) {
                try connection.savepoint { connection throws in
                    try connection.execute("INSERT INTO t VALUES (2)")
                    try connection.savepoint { try $0.execute("INSERT INTO t VALUES (3)") }
                    try connection.execute("INSERT INTO t VALUES (1)")
                }
            }
            #expect(outer?.sqlState == "23505")
            try connection.savepoint { try $0.execute("INSERT INTO t VALUES (4)") }
        }
        #expect(try numbers(connection) == [1, 4])
    }

    @Test func aReadOnlyTransactionRefusesToWrite() throws {
        let connection = try Connection(server.address())
        let error = #expect(throws: PostgresError.self) {
            try connection.transaction(readOnly: true) { try $0.execute("CREATE TABLE t (n int)") }
        }
        #expect(error?.sqlState == "25006")
    }

    @Test func anAdvisoryLockExcludesOtherSessions() async throws {
        try await server.withDatabaseAddress { address in
            let one = try Connection(address)
            let other = try Connection(address)
            #expect(try one.tryAdvisoryLock(42))
            #expect(try !other.tryAdvisoryLock(42))
            #expect(try other.tryAdvisoryLock(43))
            #expect(try one.advisoryUnlock(42))
            #expect(try !one.advisoryUnlock(42))
            try other.withAdvisoryLock(42) { _ throws in
                #expect(try !one.tryAdvisoryLock(42))
            }
            #expect(try one.tryAdvisoryLock(42))
        }
    }

    @Test func namesAndLiteralsAreQuoted() throws {
        let connection = try Connection(server.address())
        let rows = try connection.query(#"SELECT \#(SQL.literal(#"O'Neil\n"#)) AS \#(SQL.identifier(#"a "b""#))"#)
        #expect(rows.columns.map(\.name) == [#"a "b""#])
        #expect(try rows.first { row throws(PostgresError) in try row.text(0) } == #"O'Neil\n"#)
    }
}
