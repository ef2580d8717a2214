internal import Base
internal import CallRecords
internal import Extract
internal import MariaDB
internal import Transform

/// Reads the CDRs of a run and makes legs of them: extract and transform, batch by batch.
struct LegReader: Sendable {
    let plan: Plan
    let now: Moment
    /// The window, where an earlier source has decided it.
    let window: TimeWindow?

    /// Reads everything.
    ///
    /// - Throws: `ExtractError`.
    func read(_ source: Plan.CDRSource, _ handOver: (Delivery<LegBatch>) -> Bool) throws {
        var stage = LegStage(plan: plan, now: now, window: window)
        switch source {
        case .files(let paths, let options):
            for path in paths {
                do {
                    if try !read(path, options, &stage, handOver) { return }
                } catch let error as ExtractError {
                    // The other files may be whole.
                    var delivery = Delivery(LegBatch(), origin: path)
                    delivery.failure = error
                    guard handOver(delivery) else { return }
                }
            }
        case .table(let name, let configuration, let encoding, let columns):
            do {
                try readTable(name, configuration, encoding, columns, &stage, handOver)
            } catch let error as ExtractError {
                // The queue events may be fine.
                var delivery = Delivery(LegBatch(), origin: name)
                delivery.failure = error
                _ = handOver(delivery)
            }
        }
    }

    private func readTable(
        _ name: String,
        _ configuration: MariaDB.Configuration,
        _ encoding: TextEncoding?,
        _ columns: ColumnNames,
        _ stage: inout LegStage,
        _ handOver: (Delivery<LegBatch>) -> Bool
    ) throws {
        var table = try CDRTable(
            name,
            window: plan.tableWindow(now: now),
            in: configuration,
            encoding: encoding,
            columns: columns,
            batchRows: plan.batchRows
        )
        stage.beginSource()
        var remarks = table.description.warnings.map(Remark.notice)
        var more = true
        while more {
            var delivery = stage.delivery(from: name)
            delivery.remarks = remarks
            do {
                more = try table.next(into: &delivery.batch.records, rejects: &delivery.rejected)
            } catch {
                // What was read before the connection was lost is whole.
                stage.process(&delivery)
                if !delivery.batch.records.isEmpty || !delivery.rejected.isEmpty { _ = handOver(delivery) }
                throw error
            }
            stage.process(&delivery)
            if !more { delivery.remarks += table.notes.remarks(on: name) + stage.remarks(on: name) }
            delivery.progress = (table.notes.records, table.description.estimatedRows.map(Int64.init))
            guard handOver(delivery) else { return }
            remarks = []
        }
    }

    private func read(
        _ path: String,
        _ options: MasterCSVReader.Options,
        _ stage: inout LegStage,
        _ handOver: (Delivery<LegBatch>) -> Bool
    ) throws -> Bool {
        var reader = try MasterCSVReader(path: path, options: options)
        stage.beginSource()
        var more = true
        while more {
            var delivery = stage.delivery(from: path)
            do {
                more = try reader.next(into: &delivery.batch.records, rejects: &delivery.rejected)
            } catch {
                // What was read before the damage is whole.
                stage.process(&delivery)
                if !delivery.batch.records.isEmpty || !delivery.rejected.isEmpty { _ = handOver(delivery) }
                throw error
            }
            stage.process(&delivery)
            if !more { delivery.remarks += reader.notes.remarks(on: path) + stage.remarks(on: path) }
            delivery.progress = (reader.progress.read, reader.progress.size)
            guard handOver(delivery) else { return false }
        }
        return true
    }
}

/// Turns records into legs, in the zone and window that their source tells.
private struct LegStage {
    let plan: Plan
    let now: Moment
    var window: TimeWindow?
    /// `nil` until the first batch of a source has told its zone.
    private var transform: LegTransform?
    /// The largest batch so far: the next is about as large.
    private var room = (records: 0, bytes: 0)

    init(plan: Plan, now: Moment, window: TimeWindow?) {
        (self.plan, self.now, self.window) = (plan, now, window)
    }

    /// A source of its own zone begins.
    mutating func beginSource() { transform = nil }

    /// What the transformation of a source noticed.
    func remarks(on source: String) -> [Remark] {
        guard let transform else { return [] }
        return Remark.mendedTimes(transform.mended, in: source)
            + Remark.unknownDispositions(transform.unknownDispositions, transform.unknownDisposition, in: source)
    }

    /// An empty delivery with room for what is to come.
    func delivery(from origin: String) -> Delivery<LegBatch> {
        var delivery = Delivery(LegBatch(), origin: origin)
        delivery.batch.records.reserveCapacity(records: room.records, bytes: room.bytes)
        return delivery
    }

    mutating func process(_ delivery: inout Delivery<LegBatch>) {
        let records = delivery.batch.records
        if records.isEmpty { return }
        // Texts vary a little in length.
        room = (max(room.records, records.count), max(room.bytes, records.texts.byteCount * 17 / 16))
        var current = transform ?? findZone(of: &delivery)
        delivery.counters = current.transform(&delivery.batch)
        transform = current
    }

    private mutating func findZone(of delivery: inout Delivery<LegBatch>) -> LegTransform {
        var witness = ZoneWitness()
        let records = delivery.batch.records
        for header in records.headers { witness.observe(header.start, uniqueid: header.uniqueid?.parsed) }
        let finding = plan.zoneFinder.zone(
            configured: plan.sourceZone ?? plan.zone,
            isStated: plan.sourceZone != nil,
            witness: witness
        )
        delivery.zone = finding.zone
        delivery.remarks += finding.remarks
        let window = window ?? plan.window(found: finding.zone, now: now)
        self.window = window
        return LegTransform(clock: LegClock(zone: finding.zone), window: window)
    }
}
