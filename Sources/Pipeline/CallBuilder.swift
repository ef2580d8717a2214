internal import CallRecords
internal import Load
internal import Postgres
internal import Transform

/// Calls that a run has touched, and of which it knows that they are made already.
struct TouchedCalls {
    var ids = IDRanges()
    /// Whether the run has numbered the call and made it when its first leg came.
    var isBuilt: (Int64) -> Bool = { _ in false }
}

/// The last calls at which each agent was seen: they tell at which phone somebody sits now.
struct AgentSightings {
    private var latest: [String: [(at: Int64, call: Int64)]] = [:]
    /// Some, since a call may lack the leg that names the phone.
    private static let kept = 5

    mutating func note(_ call: Call) {
        guard let agent = call.agent, let at = call.answeredAt else { return }
        var sightings = latest[agent, default: []]
        if sightings.count == Self.kept, let first = sightings.first, (at, call.id) <= first { return }
        sightings.removeAll { $0.call == call.id }
        sightings.append((at, call.id))
        sightings.sort { ($0.at, $0.call) < ($1.at, $1.call) }
        latest[agent] = sightings.suffix(Self.kept)
    }

    /// The calls, in ascending order.
    var calls: [Int64] { Set(latest.values.joined().map(\.call)).sorted() }
}

/// Makes calls of their legs and visits, and writes them.
struct CallBuilder {
    let store: CallStore
    private let visits: VisitStore
    /// Whether the queue_log knows of any visit.
    var hasVisits: Bool
    /// At which calls the agents were seen last.
    private(set) var sightings = AgentSightings()
    private let assembler: CallAssembler
    var contacts: ContactIndex?
    private let report: Run.ProgressReport

    init(_ run: Run, _ connection: borrowing Connection, pbx: Int16) throws {
        store = CallStore(pbx: pbx)
        visits = VisitStore(pbx: pbx)
        hasVisits = try store.hasVisits(connection)
        assembler = CallAssembler(policy: run.plan.policy, numbers: run.numbers)
        contacts = run.plan.contacts
        report = run.report
    }

    /// The calls that begin with a batch: nothing of them is in the warehouse but the legs that were just loaded.
    mutating func build(
        _ fresh: [(call: Int64, record: Int)],
        in batch: LegBatch,
        _ result: inout RunResult,
        _ connection: borrowing Connection
    ) throws {
        var page = CallLegs(of: fresh, in: batch)
        if hasVisits { try store.addVisits(to: &page, connection) }
        let calls = link(assembler.assemble(page))
        for call in calls {
            result.count(call)
            sightings.note(call)
        }
        try store.write(calls, areFresh: true, connection)
        try visits.replace(assembler.estimatedVisits(page), source: .cdr, areFresh: true, connection)
    }

    /// Calls with a leg or a visit more than before: from all that the warehouse has of them.
    mutating func rebuild(_ touched: TouchedCalls, _ result: inout RunResult, _ connection: borrowing Connection) throws
    {
        var ids = touched.ids
        let total = ids.count()
        var done = 0
        try ids.forEachPage(of: CallStore.pageSize) { ids in
            var page = try store.legs(of: ids, connection)
            if hasVisits { try store.addVisits(to: &page, connection) }
            let calls = link(assembler.assemble(page))
            for call in calls {
                // A call that was made by this run is counted; a further leg hardly ever changes whose number it is.
                if !touched.isBuilt(call.id) { result.count(call) }
                sightings.note(call)
            }
            try store.write(calls, connection)
            try visits.replace(assembler.estimatedVisits(page), source: .cdr, connection)
            done += ids.count
            try report("calls", Int64(done), Int64(total))
        }
    }

    private func link(_ calls: [Call]) -> [Call] {
        var calls = calls
        for index in calls.indices { calls[index].contact = calls[index].customerNumber.map(contact) }
        return calls
    }

    private func contact(_ number: PhoneNumber) -> ContactLink {
        guard let contacts else { return ContactLink(match: .unmatched, id: nil) }
        let match = contacts.match(number)
        let id = match.reference.flatMap(contacts.warehouseID)
        return switch match {
        case .unmatched: ContactLink(match: .unmatched, id: nil)
        case .matched: ContactLink(match: .matched, id: id)
        case .ambiguous: ContactLink(match: .ambiguous, id: id)
        }
    }
}

extension RunResult {
    /// Counts a call, by its customer's number.
    fileprivate mutating func count(_ call: Call) {
        calls += 1
        switch call.contact?.match {
        case .matched: matched += 1
        case .ambiguous: ambiguous += 1
        case .unmatched: unmatched += 1
        case nil: break
        }
    }
}
