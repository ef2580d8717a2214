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

/// Makes calls of their legs and visits, and writes them.
struct CallBuilder {
    let store: CallStore
    private let assembler: CallAssembler
    private let contacts: ContactIndex?
    private let report: Run.ProgressReport

    init(_ run: Run, _ connection: borrowing Connection, pbx: Int16) throws {
        store = try CallStore(connection, pbx: pbx)
        assembler = CallAssembler(policy: run.plan.policy, numbers: run.numbers)
        contacts = run.plan.contacts
        report = run.report
    }

    /// The calls that begin with a batch: nothing of them is in the warehouse but the legs that were just loaded.
    func build(
        _ fresh: [(call: Int64, record: Int)], in batch: LegBatch, _ result: inout RunResult,
        _ connection: borrowing Connection
    ) throws {
        guard !fresh.isEmpty else { return }
        let calls = link(assembler.assemble(try store.legs(of: fresh, in: batch, connection)))
        for call in calls { result.count(call) }
        try store.write(calls, areFresh: true, connection)
    }

    /// Calls with a leg or a visit more than before: from all that the warehouse has of them.
    func rebuild(_ touched: TouchedCalls, _ result: inout RunResult, _ connection: borrowing Connection) throws {
        var ids = touched.ids
        let total = ids.count()
        var done = 0
        try ids.forEachPage(of: CallStore.pageSize) { page in
            let calls = link(assembler.assemble(try store.legs(of: page, connection)))
            // A call that was made by this run is counted; what its customer is to the CRM does not change with a leg.
            for call in calls where !touched.isBuilt(call.id) { result.count(call) }
            try store.write(calls, connection)
            done += page.count
            report("calls", Int64(done), Int64(total))
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
