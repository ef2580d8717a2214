internal import Base
internal import CallRecords
internal import Extract
internal import Load
internal import Postgres
internal import Transform

/// Whose story new queue events change.
struct QueueNews {
    /// Agents, under the names in the log.
    var agents: Set<String> = []
    /// The PBX was started, which ends what anybody was doing.
    var hasRestart = false
}

extension Run {
    /// Loads queue events and makes visits of them. Returns `nil` where there are none to load.
    func loadQueueEvents(
        _ pbx: Int16,
        _ inputs: inout Inputs,
        _ result: inout RunResult,
        _ connection: borrowing Connection
    ) throws -> QueueNews? {
        guard let source = plan.queueLog else { return nil }
        var loader = try QueueEventLoader(connection, pbx: pbx, source: plan.queueEvents)
        let rejects = RejectStore(run: result.run, pbx: pbx, source: "queue_log")
        var counters = Counters()
        var events = QueueEvents()
        var rejected: [RejectedRecord] = []
        var transform: QueueEventTransform?

        func process() throws {
            if transform == nil {
                let zone = queueZone(events.records, &result)
                transform = QueueEventTransform(clock: LegClock(zone: zone), window: result.window)
            }
            if let more = transform?.transform(&events) { counters += more }
            counters += try loader.load(events, into: connection)
            counters += try result.putAside(&rejected, in: rejects, connection)
        }

        switch source {
        case .files(let paths, let encoding):
            for path in paths {
                loader.beginPiece()
                do {
                    var reader = try QueueLogReader(path: path, encoding: encoding, batchRows: plan.batchRows)
                    while true {
                        let more = try reader.next(into: &events.records, rejects: &rejected)
                        try report(path, reader.progress.read, reader.progress.size)
                        try process()
                        if !more { break }
                    }
                    result.take(Remark.mended(reader.notes.mended, in: path))
                } catch let error as ExtractError {
                    // The other files may be whole.
                    inputs.fail(error)
                }
            }
        case .table(let name, let configuration, let encoding):
            var table = try QueueLogTable(
                name,
                window: plan.tableWindow(now: now),
                in: configuration,
                encoding: encoding,
                batchRows: plan.batchRows
            )
            table.description.warnings.forEach { result.notice($0) }
            var more = true
            while more {
                more = try table.next(into: &events.records, rejects: &rejected)
                try report(name, counters.read, table.description.estimatedRows.map(Int64.init))
                try process()
            }
            result.take(table.notes.remarks(on: name))
        }
        result.queueLog = counters
        try buildVisits(pbx, newRestarts: loader.restarts, connection)
        return QueueNews(agents: loader.touchedAgents, hasRestart: loader.restarts != nil)
    }

    /// The zone of a queue_log's times: they are epochs in a file, and mostly local in a table.
    private func queueZone(_ records: QueueEventBatch, _ result: inout RunResult) -> ZoneTable {
        let configured = plan.sourceZone ?? plan.zone
        var witness = ZoneWitness()
        var isWall = false
        records.texts.withUnsafeTexts { texts in
            for (record, time) in records.times.enumerated() {
                if case .wall = time { isWall = true }
                // A call enters its first queue soon after it begins.
                guard texts[record, .event].elementsEqual("ENTERQUEUE".utf8) else { continue }
                witness.observe(time, uniqueid: UniqueID(parsing: texts[record, .callid]))
            }
        }
        guard isWall else {
            let local = plan.cdr == nil ? ZoneFiles.localName.flatMap { try? ZoneFiles.load($0) } : nil
            if let zone = configured ?? local { settle(zone, &result) }
            return .utc
        }
        let finding = plan.zoneFinder.zone(configured: configured, isStated: plan.sourceZone != nil, witness: witness)
        result.take(finding.remarks)
        settle(finding.zone, &result)
        return finding.zone
    }

    private func buildVisits(_ pbx: Int16, newRestarts: ClosedRange<Moment>?, _ connection: borrowing Connection) throws
    {
        var store = VisitStore(pbx: pbx)
        if let newRestarts { try store.touchVisits(openAt: newRestarts, connection) }
        // What an earlier run joined is taken apart first.
        _ = try store.touchTornCalls(connection)
        let restarts = try store.restarts(connection)
        let numbers = NumberNormaliser(plan: plan.numbers)
        while true {
            try Task.checkCancellation()
            let calls = try store.nextCalls(connection)
            if calls.isEmpty { break }
            try store.replace(visits(of: calls, restarts, numbers), source: .queueLog, connection)
        }
        let torn = try store.touchTornCalls(connection)
        if torn.isEmpty { return }
        // All at once: a PBX has few of them, and any may belong to any.
        var joined = visits(of: try store.events(of: torn, connection), restarts, numbers)
        TransferredEntries.join(&joined)
        for call in joined.indices { number(&joined[call].visits, numbers) }
        try store.replace(joined, source: .queueLog, connection)
    }

    private func visits(of calls: [CallEvents], _ restarts: [Moment], _ numbers: NumberNormaliser) -> [CallVisits] {
        calls.map { call in
            var visits = VisitMachine.visits(of: call.events, restarts: restarts)
            number(&visits, numbers)
            return CallVisits(callid: call.callid, visits: visits)
        }
    }

    private func number(_ visits: inout [QueueVisit], _ numbers: NumberNormaliser) {
        for index in visits.indices { visits[index].identifyCaller(by: numbers) }
    }

    /// Makes anew the sessions of everybody whose story has changed.
    func buildSessions(_ store: SessionStore, _ news: QueueNews, _ connection: borrowing Connection) throws {
        for (agent, names) in try store.agents(touched: news.hasRestart ? nil : news.agents, connection) {
            try Task.checkCancellation()
            let events = try store.events(of: names, connection)
            try store.replace(SessionMachine.sessions(of: events), of: agent, names: names, connection)
        }
    }
}
