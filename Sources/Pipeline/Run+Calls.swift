internal import CallRecords
internal import Load
internal import Postgres
internal import Transform

extension Run {
    /// Makes anew the calls that the run has touched, from all their legs and visits in the warehouse.
    func buildCalls(
        _ touched: TouchedCalls,
        _ pbx: Int16,
        _ sessions: SessionStore,
        _ result: inout RunResult,
        _ connection: borrowing Connection
    ) throws {
        guard !touched.isEmpty else { return }
        let store = try CallStore(connection, pbx: pbx)
        let visits = VisitStore(pbx: pbx)
        let assembler = CallAssembler(policy: plan.policy, numbers: numbers)
        for ids in touched.pages(of: CallStore.pageSize) {
            let page = try store.legs(of: ids[...], connection)
            var calls = assembler.assemble(page)
            for index in calls.indices { calls[index].contact = contact(calls[index].customerNumber, &result) }
            try store.write(calls, connection)
            try visits.replace(assembler.estimatedVisits(page), source: .cdr, connection)
            result.calls += calls.count
            if store.hasVisits { try sessions.learnAgents(of: ids, connection) }
            report("calls", Int64(result.calls), nil)
        }
    }

    private func contact(_ number: PhoneNumber?, _ result: inout RunResult) -> ContactLink? {
        guard let number else { return nil }
        guard let contacts = plan.contacts else {
            result.unmatched += 1
            return ContactLink(match: .unmatched, id: nil)
        }
        let match = contacts.match(number)
        let id = match.reference.flatMap(contacts.warehouseID)
        switch match {
        case .unmatched:
            result.unmatched += 1
            return ContactLink(match: .unmatched, id: nil)
        case .matched:
            result.matched += 1
            return ContactLink(match: .matched, id: id)
        case .ambiguous:
            result.ambiguous += 1
            return ContactLink(match: .ambiguous, id: id)
        }
    }
}
