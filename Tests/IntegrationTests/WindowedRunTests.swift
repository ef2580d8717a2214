import Base
import CallRecords
import Extract
import Glibc
import TestSupport
import Testing

@testable import Pipeline

/// A nightly run over logs of many months reads some days of them, and loads what a run over all of them would load.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct WindowedRunTests {
    /// Forty days, with one call an hour; the queue_log has the caller entering and leaving.
    private static let legs = (0..<960).map { hour in
        Line("\(noon - 40 * 86_400 + Int64(hour) * 3600).\(hour)", sequence: hour)
    }

    private static let events = legs.flatMap { leg in
        [
            "\(leg.start)|\(leg.uniqueid)|support|NONE|ENTERQUEUE||79160000001|1\n",
            "\(leg.start + 9)|\(leg.uniqueid)|support|NONE|ABANDON|1|1|9\n",
        ]
    }

    /// The window of three days before the last record's day, and that day.
    private func plan(_ bench: borrowing Bench, mappedBytes: Int64) throws -> Plan {
        let files = ["\(bench.folder)/Master.csv"]
        return try Plan.files(files, queueLog: ["\(bench.folder)/queue_log"]) { plan in
            plan.window = .days(3)
            plan.mappedBytes = mappedBytes
            plan.setBatchRows(20)
        }
    }

    private func write(_ hours: Int, _ bench: borrowing Bench) throws {
        for (name, lines) in [
            ("Master.csv", Self.legs.prefix(hours).map(\.csv)), ("queue_log", Array(Self.events.prefix(hours * 2))),
        ] {
            // The same inode, as when the PBX appends.
            let file = try #require(fopen("\(bench.folder)/\(name)", "a"))
            defer { fclose(file) }
            try #require(ftruncate(fileno(file), 0) == 0)
            let bytes = Array(lines.joined().utf8)
            #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
        }
    }

    @Test func `night after night the window is loaded, and little else is read`() async throws {
        // Three nights, of which the log holds 500, 524 and 548 hours.
        let nights: [(hours: Int, now: Moment)] = [500, 524, 548].map { hours in
            (hours, Moment(seconds: noon - 40 * 86_400 + Int64(hours) * 3600))
        }
        let whole = try await Bench.with { bench in
            for night in nights {
                try write(night.hours, bench)
                let result = try bench.run(try plan(bench, mappedBytes: .max), now: night.now)
                #expect(result.cdr?.read == Int64(night.hours))
                #expect(result.queueLog?.read == Int64(night.hours) * 2)
            }
            #expect(try bench.connection.count("select count(*) from voip.file_map") == 0)
            return try Contents.meaning(bench.connection)
        }
        try await Bench.with { bench in
            for night in nights {
                try write(night.hours, bench)
                let result = try bench.run(try plan(bench, mappedBytes: 4 << 10), now: night.now)
                // Four days of 24 calls, a batch at the beginning, two hours of slack, and the resolution of the
                // search.
                #expect((result.cdr?.read ?? 0) < 160)
                #expect((result.queueLog?.read ?? 0) < 320)
            }
            #expect(try bench.connection.faults() == [])
            #expect(try Contents.meaning(bench.connection) == whole)
            #expect(
                try bench.connection.texts("select source || ' ' || is_beginning_unread from voip.file_map order by 1")
                    == ["cdr true", "queue_log true"]
            )
        }
    }

    @Test func `a map made by a run over everything keeps the numbers of lines`() async throws {
        try await Bench.with { bench in
            try write(500, bench)
            var all = try plan(bench, mappedBytes: 4 << 10)
            all.window = .all
            #expect(try bench.run(all).cdr?.read == 500)
            let file = try #require(fopen("\(bench.folder)/Master.csv", "a"))
            fputs("no,record\n", file)
            fclose(file)
            let result = try bench.run(
                try plan(bench, mappedBytes: 4 << 10),
                now: Moment(seconds: noon - 40 * 86_400 + 500 * 3600)
            )
            #expect((result.cdr?.read ?? 0) < 160)
            #expect(try bench.connection.texts("select line::text from voip.reject") == ["501"])
        }
    }

    @Test func `a dry run leaves no map`() async throws {
        try await Bench.with { bench in
            try write(500, bench)
            var plan = try plan(bench, mappedBytes: 4 << 10)
            plan.isDryRun = true
            _ = try bench.run(plan)
            #expect(try bench.connection.count("select count(*) from voip.file_map") == 0)
        }
    }
}
