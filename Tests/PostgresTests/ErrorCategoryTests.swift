import Base
import Postgres
import Testing

@Suite struct ErrorCategoryTests {
    /// Codes of https://www.postgresql.org/docs/current/errcodes-appendix.html
    @Test(arguments: [
        ("57P01", ErrorCategory.tryAgainLater),  // admin_shutdown
        ("53100", .tryAgainLater),  // disk_full
        ("53300", .tryAgainLater),  // too_many_connections
        ("40P01", .tryAgainLater),  // deadlock_detected
        ("42P01", .failed),  // undefined_table
        ("57014", .failed),  // query_canceled
        ("23505", .failed),  // unique_violation
    ])
    func `temporary and permanent refusals are distinguished`(state: String, category: ErrorCategory) {
        var error = PostgresError(.sql, "message")
        error.sqlState = state
        #expect(error.category == category)
    }

    @Test func `an unreachable server is unavailable, a lost one may be tried again`() {
        #expect(PostgresError(.connection, "refused").category == .unavailable)
        #expect(PostgresError(.connectionLost, "closed").category == .tryAgainLater)
    }
}
