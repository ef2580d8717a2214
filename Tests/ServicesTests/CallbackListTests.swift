import Base
import Testing

@testable import Services

@Suite struct CallbackListTests {
    private static func row(
        _ caller: String?,
        _ time: String,
        _ status: String,
        _ outcome: String = "abandoned"
    ) -> JSON {
        [
            "lost_at": .string(time), "queue": "support", "outcome": .string(outcome),
            "caller": caller.map { .string($0) } ?? nil,
            "caller_e164": nil, "status": .string(status),
        ]
    }

    @Test func `a caller is owed one call, since the first time, until somebody spoke to them`() throws {
        let report: JSON = [
            "rows": [
                Self.row("0301", "1970-01-01T00:10:00+00:00", "open"),
                Self.row("0301", "1970-01-01T01:05:00+01:00", "attempted"),
                Self.row("0302", "1970-01-01T00:20:00+00:00", "called_back"),
                Self.row(nil, "1970-01-01T00:30:00+00:00", "open"),
                Self.row("0303", "1970-01-01T00:40:00+00:00", "open", "abandoned_short"),
                Self.row("0304", "1970-01-01T00:50:00+00:00", "open", "timed_out"),
            ]
        ]
        let owed = try #require(CallbackList.owed(in: report))
        #expect(owed.map(\.lostAt) == [300, 3_000])
        #expect(owed.map(\.queue) == ["support", "support"])
        #expect(CallbackList.owed(in: []) == nil)
    }
}
