import CallRecords
import Testing
import TestSupport

@testable import Transform

/// How a caller is identified: callers without a number have nothing in common, whatever the PBX wrote instead.
@Suite struct VisitCallerTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let written: String?
        let caller: String?
        let number: String?

        var testDescription: String { written ?? "nothing" }
    }

    static let rows = [
        Row(written: "89161234567", caller: "89161234567", number: "+79161234567"),
        Row(written: "4711", caller: "4711", number: nil),
        Row(written: "anonymous", caller: nil, number: nil),
        Row(written: "Unavailable", caller: nil, number: nil),
        Row(written: "unknown", caller: nil, number: nil),
        Row(written: "script>", caller: nil, number: nil),
        Row(written: nil, caller: nil, number: nil),
    ]

    @Test("A number is a caller, a word is not", arguments: rows) func caller(_ row: Row) throws {
        let numbers = NumberNormaliser(plan: try NumberPlan(region: "RU"))
        var visit = QueueVisit(queue: "support", entry: 1, enteredAt: 0)
        visit.caller = row.written
        visit.identifyCaller(by: numbers)
        #expect(visit.caller == row.caller)
        #expect(visit.callerNumber?.description == row.number)
    }
}
