import Base
import CallRecords
import Configuration
import Pipeline
import Postgres
import Reporting
import Switchboard
import Testing
import TestSupport

@testable import Services

/// The board and the report count alike: a random script of 500 calls, as events to the board and as a queue_log to the
/// warehouse.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct LiveAndPastTests {
    /// 2026-11-22 17:00 in Moscow.
    private static let afternoon: Moment = 1_795_356_000
    private static let variants = ["offered", "answered", "answered_abandoned", "with_abandoned"]

    private static func settings(_ folder: String, _ variant: String = "offered") throws -> Settings {
        let file = """
            [pbx.main]
            timezone = "Europe/Moscow"
            [reports]
            service_level_variant = "\(variant)"
            [reports.queues.VIP]
            service_level = 8
            short_abandon = 12
            """
        try Files.write(Array(file.utf8), to: "\(folder)/crm-voip.toml")
        return try Settings.load(environment: ["CRM_VOIP_CONFIG": "\(folder)/crm-voip.toml", "CRM_VOIP_DATA": folder])
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `after 500 random calls the board equals the PBX's lists and, once the log is loaded, the report`(
        seed: UInt64
    ) async throws {
        // Some scripts end before midnight and some go on after it.
        let script = QueueScript(seed: seed, from: Self.afternoon + .seconds(Int64(seed) * 1_200))
        try await Bench.with { bench in
            let settings = try Self.settings(bench.folder, Self.variants[Int(seed % 4)])
            // In every second script serve is restarted somewhere.
            var random = SeededGenerator(seed: seed)
            let restart = seed % 2 == 0 ? nil : script.pauses.randomElement(using: &random)
            var folder = try Self.follow(script, settings, restartingAt: restart)
            let state = folder.state(at: script.now)
            Self.compare(state.board, script, seed)

            let path = try bench.write(script.log.map(\.line).joined(), to: "queue_log")
            let zone = try ZoneFiles.load("Europe/Moscow")
            let run = try bench.run(queueLog: [path]) { $0.zone = zone }
            #expect(run.queueLog?.rejected == 0, "seed \(seed)")
            try Self.compare(folder.visits, bench.connection, seed)
            var request = ReportsRequest(names: [])
            request.window = .days(0)
            try Self.compare(state, request, settings, bench.connection, at: script.now, seed)
            guard let yesterday = state.yesterday else { return }
            let begins: WrittenTime = try #require(WrittenTime(yesterday.begins.iso8601))
            let ends: WrittenTime = try #require(WrittenTime(yesterday.ends.iso8601))
            request.window = .between(begins, ends)
            let lines = try Self.lines("queues", request, settings, bench.connection, at: script.now)
            let differences = DayDifference.all(between: yesterday, and: lines)
            #expect(differences == [], "seed \(seed)")
            #expect(yesterday.queues.count == QueueScript.queues.count && yesterday.blanks == [], "seed \(seed)")
        }
    }

    /// Gives the script to a board; a second process takes over at the step, with what the log has then.
    private static func follow(
        _ script: QueueScript,
        _ settings: Settings,
        restartingAt restart: Int?
    ) throws -> LiveFolder {
        var folder = LiveFolder(settings, pbx: "main", name: "main", at: script.steps[0].at)
        folder.connected(at: script.steps[0].at)
        // Nothing happened before the script.
        folder.take(seed: TodaySeed(events: [], isKnownUntil: script.steps[0].at), at: script.steps[0].at)
        for (index, step) in script.steps.enumerated() {
            if index == restart { folder = try restarted(script, settings, at: index) }
            switch step {
            case .event(let event, let at): folder.take(event, at: at)
            case .lists(let items, let at): folder.take(queues: items, channels: [], at: at)
            }
            if index % 20 == 0 { _ = folder.state(at: step.at) }
        }
        return folder
    }

    private static func restarted(_ script: QueueScript, _ settings: Settings, at index: Int) throws -> LiveFolder {
        let step = script.steps[index]
        var folder = LiveFolder(settings, pbx: "main", name: "main", at: step.at)
        folder.connected(at: step.at)
        // What the PBX lists at that moment: the last list before it, and what happened since.
        var board = QueueBoard()
        for earlier in script.steps[..<index] {
            switch earlier {
            case .event(let event, let at): board.apply(event, at: at)
            case .lists(let items, let at): board.replace(with: items, at: at)
            }
        }
        folder.take(queues: board.items(at: step.at), channels: [], at: step.at)
        let start = try ZoneFiles.load("Europe/Moscow").midnight(before: step.at) - TodaySeed.lookBack
        let lines = script.log.filter { $0.step <= index }.map { String($0.line.dropLast()) }
        let today = lines.compactMap { TodayVisits.event(of: $0) }.filter { $0.1.at >= start }
            .map { (callid: $0.0, event: $0.1) }
        folder.take(seed: TodaySeed(events: today, isKnownUntil: step.at), at: step.at)
        return folder
    }

    private static func compare(_ board: QueueBoard, _ script: QueueScript, _ seed: UInt64) {
        var fresh = QueueBoard()
        fresh.replace(with: script.items, at: script.now)
        #expect(board.queues.map(\.name) == fresh.queues.map(\.name), "seed \(seed)")
        for (live, listed) in zip(board.queues, fresh.queues) {
            #expect(live.completed == listed.completed, "seed \(seed), \(live.name)")
            #expect(live.abandoned == listed.abandoned, "seed \(seed), \(live.name)")
            #expect(live.callers.map(\.uniqueid) == listed.callers.map(\.uniqueid), "seed \(seed), \(live.name)")
            #expect(live.callers.map(\.position) == listed.callers.map(\.position), "seed \(seed), \(live.name)")
            #expect(live.callers.map(\.number) == listed.callers.map(\.number), "seed \(seed), \(live.name)")
            let people = { (queue: QueueBoard.Queue) in
                queue.members.map { "\($0.name) \($0.isPaused) \($0.pausedReason) \($0.isInCall)" }.sorted()
            }
            #expect(people(live) == people(listed), "seed \(seed), \(live.name)")
        }
    }

    /// Every visit of today, not only their sums.
    private static func compare(_ live: TodayVisits, _ connection: borrowing Connection, _ seed: UInt64) throws {
        let stored = try connection.texts(
            """
            select concat_ws(' ', callid, lower(queue), extract(epoch from entered_at)::bigint, outcome, wait_s, talk_s)
            from voip.queue_visit where entered_at >= to_timestamp(\(live.since.wholeSeconds))
            """
        )
        let counted = live.calls.flatMap { callid, call in
            call.visits.filter { $0.enteredAt >= live.since }.map { visit in
                ([callid, visit.queue.lowercased(), "\(visit.enteredAt.wholeSeconds)", visit.outcome.rawValue]
                    + [visit.wait, visit.talk].compactMap { $0.map(String.init) }).joined(separator: " ")
            }
        }
        let (onlyLive, onlyStored) = (Set(counted).subtracting(stored), Set(stored).subtracting(counted))
        #expect(counted.count == stored.count, "seed \(seed)")
        #expect(onlyLive.sorted() == [], "seed \(seed)")
        #expect(onlyStored.sorted() == [], "seed \(seed)")
    }

    private static func lines(
        _ name: String,
        _ request: ReportsRequest,
        _ settings: Settings,
        _ connection: borrowing Connection,
        at now: Moment
    ) throws -> [ReportLine] {
        var resolved = request.resolved(by: settings.reports)
        resolved.now = now.iso8601
        let result = try ReportRunner(resolved).run([ReportCatalogue().definition(name)], on: connection)
        return result.flatMap { ReportLine.lines(of: $0, named: name == "agents" ? "agent" : "queue") }
    }

    private static func compare(
        _ state: PBXState,
        _ request: ReportsRequest,
        _ settings: Settings,
        _ connection: borrowing Connection,
        at now: Moment,
        _ seed: UInt64
    ) throws {
        let queues = try lines("queues", request, settings, connection, at: now).filter { $0["offered"] > 0 }
        #expect(queues.map(\.key) == state.today.map { QueueName.key($0.queue) }, "seed \(seed)")
        for (line, day) in zip(queues, state.today) {
            let lost = ["timed_out", "exit_key", "exit_empty", "withdrawn", "unserved"].reduce(0) { $0 + line[$1] }
            let name = "seed \(seed), \(day.queue)"
            #expect(line["offered"] == day.offered, "\(name)")
            #expect(line["answered"] == day.answered, "\(name)")
            #expect(line["abandoned"] == day.abandoned, "\(name)")
            #expect(line["abandoned_short"] == day.abandonedShort, "\(name)")
            #expect(lost == day.otherwiseLost, "\(name)")
            #expect(line["in_progress"] == day.inProgress, "\(name)")
            #expect(line["talk_total_s"] == day.talk, "\(name)")
            let wait = day.answered > 0 ? (20 * day.wait + day.answered) / (2 * day.answered) : nil
            #expect(line.tenths["asa_s"] == wait.map(Int64.init), "\(name)")
            let level = day.serviceLevelPercent.map { Int64(($0 * 10).rounded()) }
            #expect(line.tenths["service_level_pct"] == level, "\(name)")
            let queue = state.board.queues.first { QueueName.key($0.name) == line.key }
            #expect(queue.map { $0.callers.count >= day.inProgress } ?? false, "\(name)")
        }
        let agents = try lines("agents", request, settings, connection, at: now)
        for day in state.agentsToday {
            let line = try #require(agents.first { $0.queue == day.agent }, "seed \(seed), \(day.agent)")
            #expect(line["answered"] == day.answered, "seed \(seed), \(day.agent)")
            #expect(line["ring_no_answer"] == day.missed, "seed \(seed), \(day.agent)")
            #expect(line["talk_s"] == day.talk, "seed \(seed), \(day.agent)")
        }
        let active = agents.filter { $0["answered"] > 0 || $0["ring_no_answer"] > 0 }.map(\.queue)
        #expect(Set(active) == Set(state.agentsToday.map(\.agent)), "seed \(seed)")
    }

    // MARK: The nightly comparison

    /// One is answered after 5 seconds and talks for 60, one hangs up after 30, one waits too long.
    private static let log = """
        1795330800|1.1|support|NONE|ENTERQUEUE||+4930111|1
        1795330805|1.1|support|Anna|CONNECT|5|1.9|3
        1795330865|1.1|support|Anna|COMPLETECALLER|5|60|1
        1795330900|1.2|support|NONE|ENTERQUEUE||+4930112|1
        1795330930|1.2|support|NONE|ABANDON|1|1|30
        1795331000|1.3|support|NONE|ENTERQUEUE||+4930113|1
        1795331060|1.3|support|NONE|EXITWITHTIMEOUT|1|1|60

        """

    private static func day(_ change: (inout QueueDay) -> Void) -> LiveDay {
        var day = QueueDay(queue: "support")
        (day.offered, day.answered, day.abandoned, day.otherwiseLost, day.answeredInTime) = (3, 1, 1, 1, 1)
        (day.serviceLevelPart, day.serviceLevelWhole, day.wait, day.talk) = (1, 3, 5, 60)
        change(&day)
        // 2026-11-22 in Moscow.
        return LiveDay(begins: 1_795_294_800, ends: 1_795_381_200, queues: [day], blanks: [])
    }

    /// What two loads in a row say, the first at four o'clock in the night.
    private static func compare(_ day: LiveDay, until: Moment) async throws -> (first: [String], second: [String]) {
        try await Bench.with { bench in
            let settings = try settings(bench.folder)
            let file = LiveDayFile(dataDirectory: bench.folder)
            try file.write([LiveDayFile.Entry(pbx: "main", until: until, day: day)])
            let path = try bench.write(log, to: "queue_log")
            let comparison = LiveComparison(settings: settings, now: 1_795_395_600)
            let early = LiveComparison(settings: settings, now: 1_795_381_300)
            var said: [[String]] = []
            for _ in 0..<2 {
                let run = try bench.run(queueLog: [path])
                #expect(try early.differences(after: run, on: bench.connection) == [])
                said.append(try comparison.differences(after: run, on: bench.connection))
            }
            return (said[0], said[1])
        }
    }

    @Test func `a board that had all says nothing`() async throws {
        let said = try await Self.compare(Self.day { _ in }, until: 1_795_390_000)
        #expect(said.first == [] && said.second == [])
    }

    @Test func `the first load of the night says what differed and why, and the next one nothing`() async throws {
        var day = Self.day { ($0.offered, $0.otherwiseLost, $0.serviceLevelWhole) = (2, 0, 2) }
        day.blanks = [LiveDay.Blank(from: 1_795_330_990, to: 1_795_331_100, cause: .notConnected)]
        let said = try await Self.compare(day, until: 1_795_390_000)
        let why = "The reason may be that serve had no connection to the PBX from 10:03:10 to 10:05:00."
        #expect(
            said.first == [
                "Queue support of PBX main on 2026-11-22: offered was 2 on the board and is 3 in the log. \(why)",
                "Queue support of PBX main on 2026-11-22: otherwise_lost was 0 on the board and is 1 in the log. \(why)",
                "Queue support of PBX main on 2026-11-22: service_level_pct was 50 on the board and is 33.3 in the log. \(why)",
            ]
        )
        #expect(said.second == [])
    }

    @Test func `a server that stopped in the evening is a reason, and a figure may have none`() async throws {
        let day = Self.day { $0.talk = 0 }
        let stopped = try await Self.compare(day, until: 1_795_330_850)
        let text = "Queue support of PBX main on 2026-11-22: talk_total_s was 0 on the board and is 60 in the log."
        #expect(
            stopped.first == ["\(text) The reason may be that serve was not running from 10:00:50 to 01:00:00."]
        )
        let unknown = try await Self.compare(day, until: 1_795_390_000)
        #expect(unknown.first == ["\(text) No reason is known."])
    }
}

extension ReportLine {
    fileprivate subscript(_ column: String) -> Int { Int((tenths[column] ?? 0) / 10) }
    fileprivate var key: String { QueueName.key(queue) }
}

extension QueueBoard {
    /// What the PBX lists of such a board.
    fileprivate func items(at now: Moment) -> [QueueSnapshotItem] {
        queues.flatMap { queue -> [QueueSnapshotItem] in
            let members = queue.members.map { member -> QueueSnapshotItem in
                var facts = QueueMemberFacts(queue: queue.name, interface: member.interface, name: member.name)
                (facts.isPaused, facts.pausedReason) = (member.isPaused, member.pausedReason)
                (facts.status, facts.membership, facts.isInCall) = (member.status, member.membership, member.isInCall)
                return .member(facts)
            }
            let callers = queue.callers.map { caller -> QueueSnapshotItem in
                var facts = QueueCallerFacts(queue: queue.name, uniqueid: caller.uniqueid)
                (facts.channel, facts.number, facts.position) = (caller.channel, caller.number, caller.position)
                facts.wait = Int(now.wholeSeconds - caller.since.wholeSeconds)
                return .caller(facts)
            }
            return [.queue(queue.facts)] + members + callers
        }
    }
}
