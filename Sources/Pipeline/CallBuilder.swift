import Base
import CallRecords
import Load
import Postgres
import Transform

/// Calls that a run has touched, and whether they were already built.
struct TouchedCalls {
    var ids = IDRanges()
    /// Whether the visits were present when the run built calls from their first legs.
    var sawVisits = false
    /// Whether the run assigned the call's id and built the call when its first leg arrived.
    var isBuilt: (Int64) -> Bool = { _ in false }
}

/// The last calls in which each agent was seen: they show at which phone an agent currently is.
struct AgentSightings {
    private var latest: [String: [(at: Moment, call: Int64)]] = [:]
    /// Several, since a call may lack the leg that names the phone.
    private static let kept = 5

    mutating func note(_ sightings: [AgentSighting], _ call: Int64) {
        for sighting in sightings { note(sighting, call) }
    }

    private mutating func note(_ sighting: AgentSighting, _ call: Int64) {
        var sightings = latest[sighting.agent, default: []]
        if sightings.count == Self.kept, let first = sightings.first, (sighting.at, call) <= first { return }
        sightings.removeAll { $0.call == call }
        sightings.append((sighting.at, call))
        sightings.sort { ($0.at, $0.call) < ($1.at, $1.call) }
        latest[sighting.agent] = sightings.suffix(Self.kept)
    }

    /// The calls, in ascending order.
    var calls: [Int64] { Set(latest.values.joined().map(\.call)).sorted() }
}

/// Builds calls from their legs and visits, and writes them.
///
/// Calls are built on a separate lane while the warehouse takes the legs of the next batch.
struct CallBuilder {
    /// What is built from legs.
    private struct Work: Sendable {
        var calls: CallStore.HashedCalls
        /// Visits of calls about which the queue_log says nothing.
        var estimates: [CallVisits]
        /// Whether none of these calls is in the warehouse yet.
        var areFresh: Bool
    }

    let store: CallStore
    private let visits: VisitStore
    /// Whether the queue_log has any visits.
    private var hasVisits = false
    /// The calls in which the agents were last seen.
    private(set) var sightings = AgentSightings()
    /// The contacts to which calls built from now on are linked.
    private var contacts: ContactLinks
    /// Whether the warehouse's contacts must be read before calls are rebuilt.
    private let readsContacts: Bool
    private let lane: Lane<(legs: CallLegs, contacts: ContactLinks, areFresh: Bool), Work>
    private let report: Run.ProgressReport

    init(_ run: Run, _ connection: borrowing Connection, pbx: Int16) throws {
        store = CallStore(pbx: pbx)
        visits = VisitStore(pbx: pbx)
        contacts = run.plan.contacts
        readsContacts = run.plan.queueEvents == .ami
        report = run.report
        lane = Lane { [plan = run.plan] in
            // A separate one: the cache of a normaliser must not be shared by two threads.
            let numbers = NumberNormaliser(plan: plan.numbers)
            let assembler = CallAssembler(policy: plan.policy, numbers: numbers)
            var hasher = CallHasher()
            return { input in
                var assembly = assembler.assemble(input.legs)
                // In place: to copy a call costs a dozen references to its texts.
                for index in assembly.calls.indices {
                    assembly.calls[index].contact = assembly.calls[index].customerNumber.map(input.contacts.link)
                }
                return Work(
                    calls: CallStore.HashedCalls(assembly.calls, &hasher),
                    estimates: assembly.estimates,
                    areFresh: input.areFresh
                )
            }
        }
    }

    /// How long calls were being built, and how long the run waited for them.
    var times: (making: Duration, awaited: Duration) { (lane.busy, lane.awaited) }

    /// Checks whether the queue_log has any visits by now.
    mutating func lookForVisits(_ connection: borrowing Connection) throws {
        hasVisits = try store.hasVisits(connection)
    }

    /// Builds the calls that begin with a batch: the warehouse has nothing of them but the legs that were just loaded.
    ///
    /// - Parameters:
    ///   - fresh: the calls, with their legs in the batch.
    ///   - batch: the legs.
    ///   - linkingVisits: whether to record the calls of visits; a first load does so at its end.
    ///   - result: where the calls are counted.
    ///   - connection: in the transaction of the run.
    mutating func build(
        _ fresh: [(call: Int64, record: Int)],
        in batch: LegBatch,
        linkingVisits: Bool,
        _ result: inout RunResult,
        _ connection: borrowing Connection
    ) throws {
        guard !fresh.isEmpty else { return }
        var page = CallLegs(of: fresh, in: batch)
        if hasVisits { try store.addVisits(to: &page, linking: linkingVisits, connection) }
        if let work = try lane.send((page, contacts, areFresh: true)) {
            try write(work, &result, connection)
        }
    }

    /// Writes the calls that are still being built.
    mutating func finish(
        isBuilt: (Int64) -> Bool = { _ in false },
        _ result: inout RunResult,
        _ connection: borrowing Connection
    ) throws {
        if let work = try lane.finish() { try write(work, isBuilt: isBuilt, &result, connection) }
    }

    /// Joins calls that turned out to be one.
    func merge(
        _ parts: [Int64: Int64],
        isBuilt: (Int64) -> Bool,
        _ result: inout RunResult,
        _ connection: borrowing Connection
    ) throws {
        for (call, match) in try store.merge(parts, connection) where isBuilt(call) { result.uncount(match) }
    }

    /// Adds the calls whose visits were rebuilt, except those that were just built and included the visits.
    func touchCallsOfEvents(_ touched: inout TouchedCalls, _ connection: borrowing Connection) throws {
        for call in try store.callsOfTouchedCallids(connection) where !(touched.sawVisits && touched.isBuilt(call)) {
            touched.ids.insert(call)
        }
    }

    /// Deletes aliases that lead to their call through a leg anyway.
    func deleteNeedlessAliases(_ connection: borrowing Connection) throws {
        try store.deleteNeedlessAliases(connection)
    }

    /// Rebuilds calls that gained a leg or a visit, from everything that the warehouse has for them.
    mutating func rebuild(_ touched: TouchedCalls, _ result: inout RunResult, _ connection: borrowing Connection) throws
    {
        var ids = touched.ids
        let total = ids.count()
        if total == 0 { return }
        try lookForVisits(connection)
        if readsContacts { contacts = try ContactRefresh.links(of: connection) }
        var done = 0
        try ids.forEachPage(of: CallStore.pageSize) { ids in
            var page = try store.legs(of: ids, connection)
            if hasVisits { try store.addVisits(to: &page, linking: true, connection) }
            if let work = try lane.send((page, contacts, areFresh: false)) {
                try write(work, isBuilt: touched.isBuilt, &result, connection)
            }
            done += ids.count
            try report("calls", Int64(done), Int64(total))
        }
        try finish(isBuilt: touched.isBuilt, &result, connection)
    }

    private mutating func write(
        _ work: Work,
        isBuilt: (Int64) -> Bool = { _ in false },
        _ result: inout RunResult,
        _ connection: borrowing Connection
    ) throws {
        // In place, for the same reason as on the lane.
        let calls = work.calls.calls
        for index in calls.indices {
            result.count(calls[index].contact?.match)
            if !calls[index].sightings.isEmpty { sightings.note(calls[index].sightings, calls[index].id) }
        }
        let stored = try store.write(work.calls, areFresh: work.areFresh, connection)
        // A call that this run has built before is counted once, in its present state.
        for (call, match) in stored where isBuilt(call) { result.uncount(match) }
        try visits.replace(work.estimates, source: .cdr, areFresh: work.areFresh, connection)
    }
}

extension RunResult {
    /// Counts a call, by the CRM's match for its customer's number.
    fileprivate mutating func count(_ match: ContactLink.Match?) { add(1, match) }

    /// Removes a call from the count when it is counted elsewhere.
    fileprivate mutating func uncount(_ match: ContactLink.Match?) { add(-1, match) }

    private mutating func add(_ number: Int, _ match: ContactLink.Match?) {
        calls += number
        switch match {
        case .matched: matched += number
        case .ambiguous: ambiguous += number
        case .unmatched: unmatched += number
        case nil: break
        }
    }
}
