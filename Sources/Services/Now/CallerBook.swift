public import Base
public import Configuration
import AMIClient
import CallRecords
import Load
import Postgres
import Switchboard
import Synchronization
import Transform
import Warehouse

/// What the warehouse knows about current callers: whose number it is, how often they called today, who last spoke to
/// them.
///
/// It is looked up in the background, at most 200 numbers at a time, and kept for a minute, so that no page waits for
/// it.
public final class CallerBook: Sendable {
    /// What is known about a number.
    public struct Facts: Sendable, Equatable {
        /// Whose number it is; nil if no contact has it.
        public var contact: CallerNames.Contact?
        /// The number of calls from it today that are in the warehouse.
        public var callsToday = 0
        /// When somebody last spoke to the caller, and who.
        public var spokenAt: Moment?, spokenBy: String?

        /// Nothing is known.
        public init() {}
    }

    private struct Entry {
        var facts: Facts
        var until: Moment
        var wanted: Moment
    }

    private let settings: Settings
    private let desk: QueryDesk
    private let model: LiveModel
    private let entries = Mutex<[String: Entry]>([:])
    private let zones: [String: ZoneTable]

    private static let keptFor = Duration.seconds(60)
    /// The most numbers that are kept; those requested longest ago are removed first.
    static let most = 5_000
    private static let atOnce = 200

    /// A book of the callers of a model, which sends its queries through a desk.
    public init(_ settings: Settings, _ model: LiveModel, _ desk: QueryDesk) {
        (self.settings, self.model, self.desk) = (settings, model, desk)
        var zones: [String: ZoneTable] = [:]
        for name in settings.pbxNames {
            zones[name] = (try? settings.pbx(name))?.timeZone.flatMap { try? ZoneFiles.load($0) }
        }
        self.zones = zones
    }

    /// What is known about a number as the PBX writes it; nil until it has been looked up.
    public func facts(_ number: String, pbx: String) -> Facts? {
        entries.withLock { $0[Self.key(number, pbx)]?.facts }
    }

    /// The contact with a number as the PBX writes it: what is known already, or what the warehouse says within a time.
    func contact(of number: String, pbx: String, within limit: Duration) async -> CallerNames.Contact? {
        if let known = facts(number, pbx: pbx) { return known.contact }
        return await withTaskGroup(of: CallerNames.Contact?.self) { group in
            group.addTask {
                guard let found = try? await self.ask([number], pbx, at: Moment.now) else { return nil }
                self.keep(found, of: [number], pbx: pbx, at: Moment.now)
                return found[number]?.contact
            }
            group.addTask {
                try? await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    /// Looks up current callers, once a second, until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            if !model.isReplay {
                for state in model.current { await look(state) }
            }
            try? await Task.sleep(for: .seconds(1))
        }
    }

    private func look(_ state: PBXState) async {
        let now = Moment.now
        let numbers = Set(
            state.board.queues.flatMap { $0.callers.map(\.number) } + state.calls.map(\.callerNumber)
        ).filter { !$0.isEmpty }
        let wanted = entries.withLock { entries in
            numbers.filter { number in
                entries[Self.key(number, state.name)]?.wanted = now
                return entries[Self.key(number, state.name)].map { $0.until < now } ?? true
            }
        }.prefix(Self.atOnce)
        guard !wanted.isEmpty else { return }
        let found = (try? await ask(Array(wanted), state.name, at: now)) ?? [:]
        keep(found, of: Array(wanted), pbx: state.name, at: now)
    }

    /// Keeps what was found about numbers; what was known before stays if nothing was found.
    func keep(_ found: [String: Facts], of wanted: [String], pbx: String, at now: Moment) {
        entries.withLock { entries in
            for number in wanted {
                let facts = found[number] ?? entries[Self.key(number, pbx)]?.facts ?? Facts()
                entries[Self.key(number, pbx)] = Entry(facts: facts, until: now + Self.keptFor, wanted: now)
            }
            guard entries.count > Self.most else { return }
            let oldest = entries.sorted { $0.value.wanted < $1.value.wanted }.prefix(entries.count - Self.most)
            for entry in oldest { entries[entry.key] = nil }
        }
    }

    private func ask(_ numbers: [String], _ pbx: String, at now: Moment) async throws -> [String: Facts] {
        let normaliser = NumberNormaliser(plan: try NumberPlan(try settings.pbx(pbx)), capacity: 256)
        let phones = numbers.compactMap { number in
            normaliser.party(number, as: .caller).phoneNumber.map { (number: number, e164: $0.description) }
        }
        guard !phones.isEmpty else { return [:] }
        let midnight = (zones[pbx] ?? .utc).midnight(before: now)
        let parameters: [Parameter] = [.textArray(phones.map(\.e164)), .moment(midnight)]
        let access = WarehouseAccess(settings)
        let found = try await desk.run {
            try await access.look { warehouse in
                try warehouse.connection.query(SQLFiles.Calls.callers, parameters).map { row throws(PostgresError) in
                    try Self.facts(row)
                }
            }
        }
        return Dictionary(zip(phones.map(\.number), found)) { first, _ in first }
    }

    private static func facts(_ row: borrowing Row) throws(PostgresError) -> Facts {
        var facts = Facts()
        if let kind = try row.textIfPresent(0), let id = try row.textIfPresent(1) {
            facts.contact = CallerNames.Contact(
                kind: kind,
                id: id,
                name: try row.textIfPresent(2) ?? "",
                owner: try row.textIfPresent(3)
            )
        }
        facts.callsToday = Int(clamping: try row.int64(4))
        (facts.spokenAt, facts.spokenBy) = (try row.secondIfPresent(5), try row.textIfPresent(6))
        return facts
    }

    private static func key(_ number: String, _ pbx: String) -> String { "\(pbx)\u{0}\(number)" }
}
