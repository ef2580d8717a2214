internal import CallRecords
internal import Extract
internal import Load
internal import Postgres
internal import Transform

extension Run {
    /// Loads the legs of the source, and the calls that begin with them. Returns the calls that are to be made anew.
    func loadLegs(
        _ pbx: Int16,
        _ calls: inout CallBuilder,
        _ inputs: inout Inputs,
        _ result: inout RunResult,
        _ connection: borrowing Connection
    ) throws -> TouchedCalls {
        guard let source = plan.cdr else { return TouchedCalls() }
        let reader = LegReader(plan: plan, now: now, window: result.isWindowSettled ? result.window : nil)
        var loader = try LegLoader(
            connection,
            pbx: pbx,
            keysInMemory: plan.batchRows * 8,
            firstLoadFrom: plan.firstLoadFrom
        )
        let rejects = RejectStore(run: result.run, pbx: pbx, source: "cdr")
        var counters = Counters()

        let deliveries = ReadAhead<LegDelivery> { try reader.read(source, $0) }
        while var delivery = try deliveries.next() {
            if let failure = delivery.failure {
                inputs.fail(failure)
                continue
            }
            if let zone = delivery.zone { settle(zone, &result) }
            result.take(delivery.remarks)
            try report(delivery.origin, delivery.progress.done, delivery.progress.total)
            counters += delivery.counters
            let loaded = try loader.load(delivery.batch, into: connection)
            counters += loaded.counters
            try calls.build(loaded.fresh, in: delivery.batch, &result, connection)
            counters += try result.putAside(&delivery.rejected, in: rejects, connection)
        }
        try calls.finish(&result, connection)
        try loader.finish(connection)

        result.cdr = counters
        try calls.absorb(loader.absorbedCalls, isBuilt: loader.isOwn, &result, connection)
        return TouchedCalls(ids: loader.touchedCalls, isBuilt: loader.isOwn)
    }

    /// The window is meant in the PBX's zone.
    func settle(_ found: ZoneTable, _ result: inout RunResult) {
        if result.isWindowSettled { return }
        result.isWindowSettled = true
        result.timeZone = (plan.zone ?? found).name
        result.window = plan.window(found: found, now: now)
    }
}
