import Alerts
import AMIClient
import Base
import Configuration
import FoundationEssentials
import Logging
import Switchboard
import Synchronization
import TestSupport
import Testing

@testable import Services

/// The rules on a PBX that is made of lists, with the files that remember them.
@Suite struct StaffingServiceTests {
    /// A PBX with one queue, whose state is published to the model.
    private final class Hands: StaffingHands {
        struct State {
            var members: [QueueMemberFacts] = []
            var waits: Int?
            var refuses = false
            var orders: [String] = []
            /// What the file of the rules had when an order came.
            var files: [String] = []
            var board = QueueBoard()
            var reconnects = 0
            var isConnected = true
            var hasRead = true
        }

        let state = Mutex(State())
        let path: String

        init(path: String) { self.path = path }

        func states(of devices: Set<String>, on pbx: String) async throws -> [String: QueueBoard.Member.Status] {
            Dictionary(uniqueKeysWithValues: devices.map { ($0, .notInUse) })
        }

        func carryOut(_ order: StaffingOrder) async -> StaffingOutcome {
            let file = TestAsterisk.text(of: path)
            return state.withLock { state in
                let interface = order.placement.interface
                state.orders.append("\(order.isEnd ? "end" : "begin") \(interface)")
                state.files.append(file)
                if state.refuses { return .failed("Permission denied.") }
                if order.isEnd {
                    state.members.removeAll { $0.interface == interface }
                    return .done(loggedInSince: nil)
                }
                var member = QueueMemberFacts(queue: "support", interface: interface, name: order.placement.name)
                (member.membership, member.status, member.loggedInSince) = ("dynamic", .notInUse, 1_764_000_000)
                state.members.append(member)
                return .done(loggedInSince: member.loggedInSince)
            }
        }

        /// The state of the PBX now.
        func published() -> PBXState {
            state.withLock { state in
                let now = Moment.now
                var result = PBXState(name: "main", at: now)
                (result.staleSince, result.counts.reconnects) = (state.isConnected ? nil : now, state.reconnects)
                if state.hasRead {
                    var items: [QueueSnapshotItem] = [.queue(QueueFacts(name: "support"))]
                    items += state.members.map { .member($0) }
                    if let wait = state.waits {
                        var caller = QueueCallerFacts(queue: "support", uniqueid: "1.1")
                        (caller.position, caller.wait) = (1, wait)
                        items.append(.caller(caller))
                    }
                    state.board.replace(with: items, at: now)
                }
                result.board = state.board
                return result
            }
        }
    }

    private struct Office {
        let folder: String
        let settings: Settings
        let model: LiveModel
        let sources: AlertSources
        let hands: Hands
        var files: StaffingFiles { StaffingFiles(settings) }

        init(_ more: String = "") throws {
            folder = try TestProcess.temporaryFolder(named: "crm-voip-staffing")
            let text = """
                [warehouse]
                data_directory = "\(folder)"
                [pbx.main]
                region = "DE"
                [pbx.main.ami]
                host = "127.0.0.1"
                port = 1
                username = "u"
                secret = "s"
                [pbx.main.dial_guard]
                audit_log = "\(folder)/audit.log"
                technologies = ["PJSIP"]
                [staffing.reserve]
                enabled = true
                queue = "support"
                members = ["PJSIP/103 Erik"]
                measure = "queue_wait"
                range = 60
                keep = 0
                least_time = 0
                \(more)
                """
            try AtomicFile.replace("\(folder)/c.toml", with: Array(text.utf8), permissions: 0o600)
            settings = try Settings.load(named: "\(folder)/c.toml", environment: ["HOME": folder])
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            model = try LiveModel(settings, logger: logger) { _ in }
            let desk = QueryDesk(settings)
            sources = AlertSources(
                model: model,
                sampler: HealthSampler(settings, logger: logger),
                callbacks: CallbackList(settings, desk),
                warehouse: WarehouseWatch(settings, desk),
                desk: desk
            )
            hands = Hands(path: "\(folder)/staffing-state.json")
        }

        func round(_ memory: StaffingMemory = StaffingMemory(at: Moment.now)) throws -> StaffingRound {
            StaffingRound(
                machine: StaffingMachine(try settings.staffingRules(), continuing: memory),
                sights: StaffingSights(settings, sources),
                hands: hands,
                files: files
            )
        }

        /// Evaluates once, with the PBX as it is now; returns what was told.
        func evaluate(_ round: inout StaffingRound) async -> [String] {
            model.publish(hands.published())
            var told: [String] = []
            await round.run { told.append($0.notice.sentence) }
            return told
        }
    }

    @Test func `an order is on the disk before the PBX gets it, and what it led to afterwards`() async throws {
        let office = try Office()
        var round = try office.round()
        #expect(await office.evaluate(&round) == [])
        office.hands.state.withLock { $0.waits = 90 }
        #expect(
            await office.evaluate(&round) == [
                "Staffing reserve: Erik (PJSIP/103) was added to support. The longest caller in support has been waiting "
                    + "for 1:30."
            ]
        )
        let file = try #require(office.hands.state.withLock { $0.files.first })
        #expect(file.contains("PJSIP\\/103") || file.contains("PJSIP/103"))
        let known = try #require(try office.files.memory())
        #expect(known.placements.map(\.interface) == ["PJSIP/103"] && known.placements.first?.since != nil)
        let permissions = try FileManager.default.attributesOfItem(atPath: office.files.statePath)[.posixPermissions]
        #expect(permissions as? Int == 0o600)
        // A new process takes over where this one ends.
        var next = try office.round(known)
        office.hands.state.withLock { $0.waits = nil }
        #expect(
            await office.evaluate(&next) == [
                "Staffing reserve: Erik (PJSIP/103) was removed from support, because the queue is calm."
            ]
        )
        #expect(office.hands.state.withLock { $0.orders } == ["begin PJSIP/103", "end PJSIP/103"])
        #expect(try office.files.memory()?.placements.isEmpty == true)
    }

    @Test func `a refused order is told, and not given again at once`() async throws {
        let office = try Office()
        var round = try office.round()
        office.hands.state.withLock { ($0.waits, $0.refuses) = (90, true) }
        var told: [String] = []
        for _ in 0..<5 { told += await office.evaluate(&round) }
        #expect(told == ["Staffing reserve: an order failed. Permission denied."])
        #expect(office.hands.state.withLock { $0.orders.count } == 1)
        let (rules, _) = try StaffingStatus.list(office.settings)
        #expect(rules.map(\.trouble) == ["Permission denied."] && rules.map(\.phase) == [.staffed])
    }

    @Test func `without a connection, and until the queues have been read again, no order is given`() async throws {
        let office = try Office()
        var round = try office.round()
        _ = await office.evaluate(&round)
        office.hands.state.withLock { ($0.waits, $0.isConnected) = (90, false) }
        _ = await office.evaluate(&round)
        // The connection is back, but the list of queues is the old one.
        office.hands.state.withLock { ($0.isConnected, $0.hasRead) = (true, false) }
        _ = await office.evaluate(&round)
        // It was lost and came back between two evaluations.
        office.hands.state.withLock { $0.reconnects = 1 }
        _ = await office.evaluate(&round)
        #expect(office.hands.state.withLock { $0.orders } == [])
        office.hands.state.withLock { $0.hasRead = true }
        _ = await office.evaluate(&round)
        #expect(office.hands.state.withLock { $0.orders } == ["begin PJSIP/103"])
    }

    @Test func `if the state cannot be written, no order is given`() async throws {
        let office = try Office()
        try FileManager.default.createDirectory(atPath: office.files.statePath, withIntermediateDirectories: true)
        var round = try office.round()
        office.hands.state.withLock { $0.waits = 90 }
        let told = await office.evaluate(&round)
        #expect(told.contains { $0.hasPrefix("The state of staffing cannot be kept, so no order is given.") })
        #expect(office.hands.state.withLock { $0.orders } == [])
    }

    @Test func `a dry run sends nothing, and says what it would do`() async throws {
        let office = try Office("dry_run = true")
        var round = try office.round()
        office.hands.state.withLock { $0.waits = 90 }
        let told = await office.evaluate(&round)
        #expect(told.count == 1 && told[0].contains("Erik (PJSIP/103) would have been added to support."))
        #expect(office.hands.state.withLock { $0.orders } == [])
    }

    @Test func `a damaged file takes nobody out, and keeps nothing from starting`() throws {
        let office = try Office()
        for text in ["", "{", "{\"placements\":7}"] {
            try AtomicFile.replace(office.files.statePath, with: Array(text.utf8))
            let told = Mutex<[String]>([])
            let service = try StaffingService(office.settings, office.sources, office.hands) { notice in
                told.withLock { $0.append(notice.sentence) }
            }
            #expect(service.current.map(\.members.count) == [0])
            #expect(told.withLock { $0 }.count == 1 && told.withLock { $0[0] }.contains("is damaged"))
        }
    }

    @Test func `an order that the dial guard refuses is in the audit log in the rule's name, and is never sent`()
        async throws
    {
        let office = try Office("action = 'add'")
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let rules = try office.settings.staffingRules()
        var rule = try #require(rules.first)
        rule.candidates = [.init("IAX2/trunk")]
        var machine = StaffingMachine([rule], continuing: StaffingMemory(at: Moment.now))
        var sight = StaffingSight("main", queues: [StaffingQueue("support", callers: [Moment.now - .seconds(90)])])
        sight.devices = ["IAX2/trunk": .notInUse]
        let order = try #require(machine.step([sight], at: Moment.now).orders.first)
        let outcome = await LiveStaffingHands(office.settings, logger: logger).carryOut(order)
        guard case .failed(let reason) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(reason.contains("pbx.main.dial_guard"))
        let log = TestAsterisk.text(of: office.folder + "/audit.log")
        #expect(log.contains("\"user\":\"staffing:reserve\"") && log.contains("\"decision\":\"refused\""))
        #expect(!log.contains("\"address\""))
    }

    @Test func `only one program staffs the queues`() async throws {
        let office = try Office()
        let isFree = try await office.files.whileLocked {
            let second = try? await office.files.whileLocked {}
            #expect(second == false)
        }
        #expect(isFree)
    }
}
