import Base
import CallRecords
import Extract
import Pipeline
import Postgres
import Testing
import TestSupport

/// A call that is an hour off belongs to the wrong shift, and at midnight to the wrong month.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct TimeTests {
    /// A night in which a clock is changed.
    struct Night: Sendable, CustomTestStringConvertible {
        var zone: String
        /// UTC.
        var change: Int64
        var testDescription: String { "\(zone) \(CivilTime(secondsSince1970: change)) UTC" }
    }

    /// According to the tz database: New York goes from -4 to -5 hours at 06:00 UTC and back at 07:00; Berlin goes from
    /// +2 to +1 hours and back at 01:00 UTC.
    static let nights = [
        Night(zone: "America/New_York", change: 1_793_512_800), Night(zone: "America/New_York", change: 1_772_953_200),
        Night(zone: "Europe/Berlin", change: 1_792_890_000), Night(zone: "Europe/Berlin", change: 1_774_746_000),
    ]

    /// A call every seven minutes from three hours before to three hours after, ten minutes long, so that some begin in
    /// one two o'clock hour and end in the other; every third has a second leg some minutes after its channel began.
    private static func calls(_ night: Night) -> [Line] {
        (0..<51).flatMap { number -> [Line] in
            let start = night.change - 3 * 3600 + Int64(number) * 420
            let first = Line("\(start).\(number)", sequence: number * 2).with {
                $0.duration = 600
                $0.billsec = 500
            }
            guard number.isMultiple(of: 3) else { return [first] }
            return [
                first,
                first.with {
                    $0.sequence = number * 2 + 1
                    $0.start += 45 * 60
                    $0.dstchannel = "PJSIP/102-00000003"
                },
            ]
        }
    }

    private static let instants = """
        select concat_ws('|', uniqueid, leg_no, extract(epoch from start_at)::bigint, extract(epoch from answer_at)::bigint,
            extract(epoch from end_at)::bigint) from voip.cdr
        """

    private static func expected(_ lines: [Line]) -> [String] {
        lines.map { line in
            "\(line.uniqueid)|\(line.sequence ?? 0)|\(line.start)|\(line.start + 100)|\(line.start + 600)"
        }.sorted()
    }

    @Test(arguments: nights) func `local and GMT files of a night of change give the same legs`(
        night: Night
    ) async throws {
        let zone = try ZoneFiles.load(night.zone)
        let calls = Self.calls(night)
        let local = try await Bench.with { bench in
            let result = try bench.run([bench.write(calls.map { $0.csv(zone) }.joined(), to: "Master.csv")]) {
                $0.zone = zone
            }
            #expect(result.warnings == [])
            #expect(try bench.connection.texts(Self.instants).sorted() == Self.expected(calls))
            return try Contents.meaning(bench.connection)
        }
        try await Bench.with { bench in
            let gmt = try bench.write(calls.csv, to: "Master.csv")
            let result = try bench.run([gmt]) { $0.zone = zone }
            #expect(result.warnings.count == 1 && result.warnings.allSatisfy { $0.contains("UTC") })
            #expect(result.timeZone == night.zone)
            #expect(try Contents.meaning(bench.connection) == local)
            // The same again as a local-time file: nothing is new.
            let again = try bench.run([bench.write(calls.map { $0.csv(zone) }.joined(), to: "local.csv")]) {
                $0.zone = zone
            }
            #expect(again.cdr?.unchanged == Int64(calls.count), "\(String(describing: again.cdr))")
        }
    }

    @Test(arguments: nights) func `without a configured zone, it is found and reported`(night: Night) async throws {
        let zone = try ZoneFiles.load(night.zone)
        let calls = Self.calls(night)
        try await Bench.with { bench in
            let result = try bench.run([bench.write(calls.map { $0.csv(zone) }.joined(), to: "Master.csv")]) {
                $0.zone = nil
                $0.region = night.zone.hasPrefix("Europe") ? "DE" : "US"
            }
            #expect(result.timeZone == night.zone)
            #expect(result.warnings.contains { $0.contains(night.zone) })
            #expect(try bench.connection.texts(Self.instants).sorted() == Self.expected(calls))
        }
    }

    @Test func `a wrong zone is named, with the right one, and the times are right`() async throws {
        let moscow = try ZoneFiles.load("Europe/Moscow")
        let lines = (0..<40).map { Line("\(noon + Int64($0) * 61).\($0)", sequence: $0) }
        try await Bench.with { bench in
            let result = try bench.run([bench.write(lines.map { $0.csv(moscow) }.joined(), to: "Master.csv")]) {
                $0.zone = try ZoneFiles.load("Europe/Berlin")
                $0.region = "RU"
            }
            let warning = try #require(result.warnings.first)
            #expect(warning.contains("WRONG TIME ZONE"))
            #expect(
                warning.contains("Europe/Berlin") && warning.contains("Europe/Moscow") && warning.contains("UTC+03:00")
            )
            #expect(
                try bench.connection.texts("select extract(epoch from start_at)::bigint::text from voip.cdr order by 1")
                    == lines.map { "\($0.start)" }.sorted()
            )
        }
    }

    /// A file that was just rotated may contain a single call.
    @Test(arguments: 1...3) func `a short GMT file is distinguished from a local one`(count: Int) async throws {
        let moscow = try ZoneFiles.load("Europe/Moscow")
        let lines = (0..<count).map { Line("\(noon + Int64($0) * 100).\($0)", sequence: $0) }
        for isGMT in [true, false] {
            try await Bench.with { bench in
                let text = isGMT ? lines.csv : lines.map { $0.csv(moscow) }.joined()
                let result = try bench.run([bench.write(text, to: "Master.csv")]) { $0.zone = moscow }
                #expect(
                    try bench.connection.texts(
                        "select extract(epoch from start_at)::bigint::text from voip.cdr order by 1"
                    )
                        == lines.map { "\($0.start)" }
                )
                #expect(result.warnings.isEmpty == !isGMT)
            }
        }
    }

    @Test func `windows are half open, in the PBX's own days`() async throws {
        let moscow = try ZoneFiles.load("Europe/Moscow")
        // 2026-11-22 in Moscow is 21:00 UTC of the 21st to 21:00 UTC of the 22nd.
        let from: Int64 = noon - 15 * 3600
        let to = from + 86_400
        let starts = [from - 1, from, from + 1, to - 1, to, to + 1]
        let lines = starts.enumerated().map { Line("\($1).\($0)", sequence: $0) }
        let wall: Int64 = 1_795_305_600  // 2026-11-22 00:00:00 of some clock
        let requests: [(WindowRequest, [Int64])] = [
            (.between(from: .wall(wall), to: .wall(wall + 86_400)), [from, from + 1, to - 1]),
            (.between(from: .wall(wall + 86_400), to: nil), [to, to + 1]),
            (.between(from: nil, to: .wall(wall)), [from - 1]),
            (.between(from: .instant(from + 1), to: .instant(to - 1)), [from + 1]),
            // It is 10:00 in Moscow on the 23rd: yesterday and today.
            (.days(1), [from, from + 1, to - 1, to, to + 1]),
            (.days(0), [to, to + 1]),
            (.all, starts),
        ]
        for (request, expected) in requests {
            for isGMT in [true, false] {
                try await Bench.with { bench in
                    let text = isGMT ? lines.csv : lines.map { $0.csv(moscow) }.joined()
                    var plan = try Plan.files([bench.write(text, to: "Master.csv")])
                    plan.zone = moscow
                    plan.window = request
                    let result = try bench.run(plan, now: Moment(seconds: to + 10 * 3600))
                    #expect(result.cdr?.outOfWindow == Int64(6 - expected.count), "\(request) \(isGMT)")
                    #expect(
                        try bench.connection.texts(
                            "select extract(epoch from start_at)::bigint::text from voip.cdr order by 1"
                        )
                            == expected.map { "\($0)" },
                        "\(request) \(isGMT)"
                    )
                }
            }
        }
    }

    @Test func `a dry run reports the changes and makes none`() async throws {
        try await Bench.with { bench in
            let old = [Line("\(noon).1", sequence: 1), Line("\(noon + 60).2", sequence: 2)]
            try bench.run([bench.write(old.csv, to: "1.csv")])
            let before = try Contents.everything(bench.connection)
            let runs = try bench.connection.count("select count(*) from voip.etl_run")
            let next = [
                old[0], old[1].with { $0.billsec = 1 }, Line("\(noon + 90).3", linkedid: old[0].uniqueid, sequence: 3),
            ]
            let csv = try bench.write(next.csv + "broken,line\n", to: "2.csv")
            let log = try bench.write("\(noon)|NONE|NONE|NONE|QUEUESTART|\n", to: "queue_log")
            let dry = try bench.run([csv], queueLog: [log]) { $0.isDryRun = true }
            #expect(try Contents.everything(bench.connection) == before)
            #expect(try bench.connection.count("select count(*) from voip.etl_run") == runs)
            #expect(try bench.connection.count("select count(*) from voip.reject") == 0)
            #expect(
                dry.cdr?.inserted == 1 && dry.cdr?.updated == 1 && dry.cdr?.unchanged == 1 && dry.cdr?.rejected == 1
            )
            #expect(dry.calls == 2)
            let real = try bench.run([csv], queueLog: [log])
            #expect(real.cdr == dry.cdr && real.queueLog == dry.queueLog && real.calls == dry.calls)
        }
    }

    @Test func `reports know the zone of the PBX, as of its last run`() async throws {
        try await Bench.with { bench in
            let csv = try bench.write([Line("\(noon).1", sequence: 1)].csv, to: "Master.csv")
            // A zone that was only inferred from the times in one file is not a zone that the database knows by name.
            for (zone, known) in [
                ("Europe/Moscow", "Europe/Moscow"), ("Asia/Kolkata", "Asia/Kolkata"), ("UTC+05:30", "Asia/Kolkata"),
            ] {
                try bench.run([csv]) { plan in
                    plan.zone =
                        zone.contains("/") ? try ZoneFiles.load(zone) : ZoneTable(name: zone, fixedOffset: 19_800)
                }
                #expect(try bench.connection.texts("select timezone from voip.pbx") == [known])
            }
        }
    }
}
