import Postgres
import Testing
import TestSupport

@testable import Pipeline

/// Attended transfers into a queue: the log has ENTERQUEUE under the agent's callid and the rest under the caller's
/// (asterisk/asterisk#759). They become one visit, in whatever pieces and order the log is loaded.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct SplitVisitsTests {
    /// Two callers are transferred into `sales` in adjacent seconds; a third has been waiting there as well.
    static let log = [
        "1795389000|1795389000.1|support|NONE |ENTERQUEUE||79161234567|1",
        "1795389005|1795389000.1|support|Alice|CONNECT|5|1795389000.2|4",
        "1795389010|1795389010.5|support|NONE |ENTERQUEUE||79161112233|1",
        "1795389015|1795389010.5|support|Bob  |CONNECT|5|1795389010.6|4",
        "1795389060|1795389060.7|sales  |NONE |ENTERQUEUE||101|1",
        "1795389061|1795389061.8|sales  |NONE |ENTERQUEUE||102|2",
        "1795389062|1795389062.9|sales  |NONE |ENTERQUEUE||79163334455|3",
        "1795389063|1795389000.1|support|Alice|ATTENDEDTRANSFER|BRIDGE|b1|5|58|1",
        "1795389064|1795389010.5|support|Bob  |ATTENDEDTRANSFER|BRIDGE|b2|5|49|1",
        "1795389080|1795389000.1|sales  |Helen|CONNECT|20|1795389078.11|2",
        "1795389091|1795389010.5|sales  |NONE |ABANDON|1|2|30",
        "1795389110|1795389000.1|sales  |Helen|COMPLETECALLER|20|30|1",
    ].map { $0.replacing(" ", with: "") }

    static let expected = [
        "1795389000.1 sales 1 +60 answered 20 30 79161234567 1795389060.7",
        "1795389000.1 support 1 +0 answered 5 58 79161234567 -",
        "1795389010.5 sales 1 +61 abandoned 30 - 79161112233 1795389061.8",
        "1795389010.5 support 1 +10 answered 5 49 79161112233 -",
        "1795389062.9 sales 1 +62 in_progress - - 79163334455 -",
    ]

    @Test(arguments: 0..<8 as Range<UInt64>) func `one visit, whichever part is loaded first`(seed: UInt64) async throws
    {
        var random = SeededGenerator(seed: seed)
        let lines = seed == 0 ? Self.log : Self.log.shuffled(using: &random)
        try await Bench.with { bench in
            var rest = lines[...]
            var piece = 0
            while !rest.isEmpty {
                let count = seed == 0 ? rest.count : Int.random(in: 1...rest.count, using: &random)
                let text = rest.prefix(count).map { $0 + "\n" }.joined()
                // Every second time as a first load, which builds visits while it reads.
                try bench.run(queueLog: [try bench.write(text, to: "queue_log.\(piece)")]) {
                    if seed.isMultiple(of: 2) { $0.firstLoadFrom = 1 }
                    $0.setBatchRows(1 + Int(seed))
                }
                rest = rest.dropFirst(count)
                piece += 1
            }
            let visits = try bench.connection.texts(
                """
                select concat_ws(' ', callid, queue, entry, '+' || extract(epoch from entered_at)::bigint - 1795389000, outcome,
                    coalesce(wait_s::text, '-'), coalesce(talk_s::text, '-'), caller, coalesce(entry_callid, '-'))
                from voip.queue_visit order by callid, queue, entry
                """
            )
            #expect(visits == Self.expected)
            #expect(try bench.connection.faults() == [])
        }
    }
}
