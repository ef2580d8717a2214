import CallRecords
import Pipeline
import Postgres
import Testing
import TestSupport

/// One broken record costs one record, which is stored where somebody can look at it.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct RejectTests {
    /// What goes wrong in files, the resulting line, and the code of the reason.
    static let defects: [(String, String, String?)] = [
        ("a column is missing", String(Line("\(noon).900").csv.dropLast(3)) + "\n", "columns"),
        ("a quote is never closed", "\"\",\"791600\n", "quoting"),
        ("a text after a quote", Line("\(noon).901").csv.replacing("\"101\"", with: "\"10\"1\""), "quoting"),
        (
            "the thirteenth month",
            Line("\(noon).902").csv.replacing("\"2026-11-22 12:00:00\"", with: "\"2026-13-22 12:00:00\""), "time"
        ),
        ("no start", Line("\(noon).903").csv.replacing(",\"2026-11-22 12:00:00\",", with: ",,"), "time"),
        ("an invalid length", Line("\(noon).904").csv.replacing(",30,20,", with: ",x,20,"), "number"),
        // PostgreSQL cannot store a NUL: the record is repaired and loaded.
        ("a NUL in a name", Line("\(noon).905").csv.replacing("\"Dial\"", with: "\"Di\0al\""), nil),
    ]

    @Test(arguments: 0..<7) func `a broken record in the middle`(index: Int) async throws {
        let (what, broken, code) = Self.defects[index]
        try await Bench.with { bench in
            let good = (0..<40).map { Line("\(noon + Int64($0)).\($0)", sequence: $0) }
            let text = good.prefix(20).map(\.csv).joined() + broken + good.dropFirst(20).map(\.csv).joined()
            let csv = try bench.write(text, to: "Master.csv")
            let result = try bench.run([csv])
            #expect(result.cdr?.inserted == (code == nil ? 41 : 40), "\(what)")
            #expect(result.cdr?.rejected == (code == nil ? 0 : 1), "\(what)")
            #expect(result.isComplete == (code == nil))
            let query =
                "select concat_ws(' ', source, line, reason_code, origin like '%Master.csv', length(reason) > 10) from voip.reject"
            #expect(try bench.connection.texts(query) == code.map { ["cdr 21 \($0) t t"] } ?? [])
            if code == nil { #expect(result.warnings.contains { $0.contains("have a NUL") }) }
            // Loaded again, as part of another file: no additional reject, and all others are present.
            let again = try bench.run([csv])
            #expect(again.cdr?.unchanged == result.cdr?.inserted && again.cdr?.rejected == result.cdr?.rejected)
            // A record that was rejected before is known.
            #expect(again.isComplete)
            _ = try bench.run([bench.write(good[0].csv + text, to: "longer.csv")])
            #expect(try bench.connection.count("select count(*) from voip.reject") == (code == nil ? 0 : 1))
        }
    }

    @Test func `a missing quote costs no more than its record, even if 70 KB follow`() async throws {
        try await Bench.with { bench in
            let good = (0..<500).map { Line("\(noon + Int64($0)).\($0)", sequence: $0) }
            let torn = "\"\",\"79160000001\",\"101\",\"from-internal\",\"\"\"Half a na\n"
            let text = good.prefix(100).map(\.csv).joined() + torn + good.dropFirst(100).map(\.csv).joined()
            #expect(text.utf8.count > 70_000)
            let result = try bench.run([bench.write(text, to: "Master.csv")])
            #expect(result.cdr?.inserted == 500 && result.cdr?.rejected == 1)
            #expect(
                try bench.connection.texts("select line || ' ' || convert_from(record, 'UTF8') from voip.reject")
                    == ["101 " + torn.dropLast()]
            )
        }
    }

    @Test func `a quoted text of 70 KB is rejected, and everything after it is loaded`() async throws {
        try await Bench.with { bench in
            let good = (0..<30).map { Line("\(noon + Int64($0)).\($0)", sequence: $0) }
            let huge = Line("\(noon).900").csv.replacing(
                "\"Dial\"",
                with: "\"" + String(repeating: "x", count: 70_000) + "\""
            )
            let text = good.prefix(10).map(\.csv).joined() + huge + good.dropFirst(10).map(\.csv).joined()
            let result = try bench.run([bench.write(text, to: "Master.csv")])
            #expect(result.cdr?.inserted == 30, "\(String(describing: result.cdr))")
            // It may be rejected in pieces, all of them from this line.
            #expect(1...2 ~= result.cdr?.rejected ?? 0, "\(String(describing: result.cdr))")
            #expect(try bench.connection.texts("select distinct line::text from voip.reject") == ["11"])
        }
    }

    @Test func `a torn last line waits for the rest of it`() async throws {
        try await Bench.with { bench in
            let lines = [Line("\(noon).1"), Line("\(noon).2", sequence: 2)]
            let whole = lines.csv
            for cut in [1, 40, 120, 200] {
                let first = try bench.run([bench.write(String(whole.dropLast(cut)), to: "Master.csv")])
                #expect(first.cdr?.inserted == 1 && first.cdr?.rejected == 0, "cut \(cut)")
                let second = try bench.run([bench.write(whole, to: "Master.csv")])
                #expect(second.cdr?.inserted == 1 && second.cdr?.unchanged == 1, "cut \(cut)")
                try bench.connection.execute("truncate voip.cdr, voip.call, voip.call_alias")
            }
            let log = "\(noon)|NONE|NONE|NONE|QUEUESTART|\n\(noon + 1)|MANAGER|support|Alice|ADDMEMBER|\n"
            let first = try bench.run(queueLog: [bench.write(String(log.dropLast(4)), to: "queue_log")])
            #expect(first.queueLog?.inserted == 1 && first.queueLog?.rejected == 0)
            #expect(try bench.run(queueLog: [bench.write(log, to: "queue_log")]).queueLog?.inserted == 1)
        }
    }

    @Test func `a broken line of the queue_log`() async throws {
        try await Bench.with { bench in
            let log = "\(noon)|NONE|NONE|NONE|QUEUESTART|\nnonsense\n\(noon + 1)|MANAGER|support|Alice|ADDMEMBER|\n"
            for _ in 1...2 {
                let result = try bench.run(queueLog: [bench.write(log, to: "queue_log")])
                #expect(result.queueLog?.rejected == 1)
                #expect(result.queueLog?.read == 3)
            }
            #expect(
                try bench.connection.texts("select concat_ws(' ', source, line, reason_code) from voip.reject")
                    == ["queue_log 2 time"]
            )
        }
    }
}
