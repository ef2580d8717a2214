import AMI
import AMIClient
import Base
import CallRecords
import Extract
import Pipeline
import Postgres
import Switchboard
import Testing
import TestSupport
import Transform
import Warehouse

extension LiveTests {
    /// `events --store` beside a PBX that writes its own queue_log: both give the same reports.
    @Suite(
        .serialized,
        .enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"),
        .enabled(if: StoreProgram.isBuilt, "the program is not beside the tests")
    )
    struct StoreTests {
        /// What reports count; ids and times in whole seconds are ignored, because two clocks may read them
        /// differently.
        private static let visits = """
            select concat_ws(' ', queue, coalesce(agent, '-'), outcome, wait_s, ring_s, talk_s, position, left_position,
                ended_by, transferred, transfer_target, caller, source)
            from voip.queue_visit where queue like 'stored%' order by callid, queue, entry
            """
        private static let sessions = """
            select concat_ws(' ', agent, kind, queue, reason, ended_by) from voip.agent_session
            where queue like 'stored%' order by started_at, kind
            """
        private static let attempts = """
            select concat_ws(' ', event, agent, round(data1::numeric / 1000)) from voip.queue_event
            where queue like 'stored%' and event in ('RINGNOANSWER', 'RINGCANCELED') order by callid, at, event
            """

        /// Calls with every outcome, one after another.
        private func traffic(_ client: ManagerClient) async throws {
            let (queues, control) = (QueueControl(client), CallControl(client))
            func call(_ place: String, _ number: String, wait: OriginateRequest.Wait = .answered) async throws -> String
            {
                var request = Live.call("wait", to: place, wait: wait)
                request.callerID = "<\(number)>"
                return try await control.originate(request).channelID
            }
            // Anything left by an earlier test that failed.
            for (interface, queue) in Self.members { try? await queues.remove(interface, from: queue) }
            _ = try await queues.add("Local/agent-7@phones", to: "stored", name: "Ann")
            _ = try await call("stored@queues", "4930100", wait: .done)
            _ = try await queues.pause("Local/agent-7@phones", in: "stored", isPaused: true, reason: "lunch")
            // Nobody is free: one caller gives up, one waits too long.
            let tired = try await call("stored@queues", "4930101")
            _ = try await call("stored@brief", "4930102", wait: .done)
            try await control.hangup(try await control.resolve(tired))
            _ = try await queues.pause("Local/agent-7@phones", in: "stored", isPaused: false)
            // The phone rings twice without an answer; then the caller is gone.
            _ = try await queues.add("Local/ring@phones", to: "stored-busy", name: "Rob")
            let patient = try await call("stored-busy@queues", "4930103")
            try await Task.sleep(for: .milliseconds(4_200))
            try await control.hangup(try await control.resolve(patient))
            // Transferred by the agent.
            _ = try await queues.add("Local/stay@phones/n", to: "stored-long", name: "Tia")
            let passed = try await call("stored-long@queues", "4930104", wait: .bridged)
            let place = CallControl.Place(exten: "short", context: "phones")
            _ = try await control.blindTransfer(try await agent(of: passed, control), to: place)
            // A membership shorter than a second does not count.
            try await Task.sleep(for: .seconds(1.5))
            for (interface, queue) in Self.members { try await queues.remove(interface, from: queue) }
        }

        private static let members = [
            ("Local/agent-7@phones", "stored"), ("Local/ring@phones", "stored-busy"),
            ("Local/stay@phones/n", "stored-long"),
        ]

        /// The channel that is talking to a caller.
        private func agent(of caller: String, _ control: CallControl) async throws -> ChannelSnapshot {
            try await Live.eventually("The agent talks with the caller.") {
                let channels = try await control.channels()
                guard let own = channels.first(where: { $0.uniqueid == caller }), !own.bridgeID.isEmpty else {
                    return nil
                }
                return channels.first { $0.bridgeID == own.bridgeID && $0.uniqueid != caller }
            }
        }

        private func load(_ connection: borrowing Connection) throws {
            let pbx = try TestAsterisk.shared()
            var plan = Plan(pbx: "live", window: .all, numbers: try NumberPlan(region: "DE", outsidePrefix: ""))
            plan.zone = .utc
            plan.cdr = .files([pbx.masterCSV], MasterCSVReader.Options())
            plan.queueLog = .files([pbx.queueLog], .latin1)
            _ = try Run(plan, now: .now)(connection)
        }

        private func texts(_ connection: borrowing Connection, _ sql: String) throws -> [String] {
            try connection.query(sql).map { row throws(PostgresError) in try row.text(0) }
        }

        /// Every row from which reports are computed.
        private func everything(_ connection: borrowing Connection) throws -> [String] {
            try ["queue_event", "queue_visit", "agent_session", "agent"].flatMap { table in
                try texts(connection, "select '\(table) ' || to_jsonb(t)::text from voip.\(table) t order by 1")
            }
        }

        /// Loads the PBX's own log into a warehouse with AMI's events, and compares it with one that has only the log.
        private func expectLog(_ connection: borrowing Connection) async throws {
            try load(connection)
            let both = try everything(connection)
            let server = try #require(TestPostgres.shared)
            let alone = try await server.withDatabase { connection in
                try Migrator().migrate(connection)
                try load(connection)
                return try everything(connection)
            }
            let differences = Set(both).symmetricDifference(alone).sorted().prefix(4)
            #expect(differences.isEmpty)
            #expect(try Checks().run(connection).isEmpty)
        }

        private func logged(_ sql: String) async throws -> [String] {
            let server = try #require(TestPostgres.shared)
            return try await server.withDatabase { connection in
                try Migrator().migrate(connection)
                try load(connection)
                return try texts(connection, sql)
            }
        }

        @Test func `AMI alone, and then the log as well, give the same as the log`() async throws {
            let server = try #require(TestPostgres.shared)
            try await server.withDatabaseAddress { address in
                let program = try StoreProgram(address, user: "full")
                try program.start()
                try await Task.sleep(for: .seconds(1.5))
                try await Live.with("full") { try await traffic($0) }
                try await Task.sleep(for: .seconds(1.5))
                try program.stop()
                #expect(program.errors.contains("0 dropped, 0 connections lost"), "\(program.errors)")

                let connection = try Connection(address)
                let visits = try texts(connection, Self.visits)
                #expect(visits.count == 5)
                let loggedVisits = try await logged(Self.visits)
                #expect(visits == loggedVisits)
                let sessions = try texts(connection, Self.sessions)
                #expect(sessions.contains("Ann pause stored lunch UNPAUSE"))
                let loggedSessions = try await logged(Self.sessions)
                #expect(sessions == loggedSessions)
                let attempts = try texts(connection, Self.attempts)
                #expect(!attempts.isEmpty)
                let loggedAttempts = try await logged(Self.attempts)
                #expect(attempts == loggedAttempts)
                // The PBX was started before the program.
                #expect(
                    try texts(connection, "select event from voip.queue_event order by at limit 1") == ["QUEUESTART"]
                )
                #expect(
                    try texts(connection, "select source || count(*) from voip.etl_run group by source") == ["ami1"]
                )
                try await expectLog(connection)
            }
        }

        @Test func `killed, disconnected and without a database, it stores nothing wrong or twice`() async throws {
            let server = try #require(TestPostgres.shared)
            try await server.withDatabaseAddress { address in
                guard case .socket(_, _, _, let database) = address else { return }
                let administrator = try Connection(server.address())
                let program = try StoreProgram(address, user: "cut")
                try program.start()
                async let calls: Void = Live.with("full") { try await traffic($0) }
                for round in 0..<6 {
                    try await Task.sleep(for: .milliseconds(Int.random(in: 800...2_000)))
                    switch round {
                    case 1, 4: _ = try LossTests.cut()
                    case 2:
                        try administrator.execute("alter database \(database) allow_connections false")
                        _ = try administrator.query(
                            "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1",
                            [.text(database)]
                        )
                    default:
                        try program.kill()
                        try program.start()
                    }
                }
                try await calls
                try administrator.execute("alter database \(database) allow_connections true")
                try await Task.sleep(for: .seconds(1))
                try program.stop()

                let connection = try Connection(address)
                let known = """
                    select concat_ws(' ', queue, callid, entry) || ': ' || outcome from voip.queue_visit
                    where queue like 'stored%' and entered_at > now() - interval '1 minute'
                    """
                let truth = Set(try await logged(known))
                for visit in try texts(connection, known) where !truth.contains(visit) {
                    // What was missed is unknown; nothing else may differ.
                    let isOpen = visit.hasSuffix("unserved") || visit.hasSuffix("in_progress")
                    let callers = truth.map { $0.prefix { $0 != ":" } }
                    #expect(isOpen && callers.contains(visit.prefix { $0 != ":" }), "\(visit)")
                }
                #expect(try Checks().run(connection).isEmpty)
                try await expectLog(connection)
            }
        }
    }
}
