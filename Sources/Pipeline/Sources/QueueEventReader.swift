internal import Base
internal import CallRecords
internal import Extract
internal import MariaDB
internal import Transform

/// Reads the queue events of a run and works out when they happened: extract and transform, batch by batch.
struct QueueEventReader: Sendable {
    let plan: Plan
    let now: Moment
    /// The window, where an earlier source has decided it.
    let window: TimeWindow?

    /// Reads everything.
    ///
    /// - Throws: `ExtractError`.
    func read(_ source: Plan.QueueSource, _ handOver: (Delivery<QueueEvents>) -> Bool) throws {
        var stage = QueueEventStage(plan: plan, now: now, window: window)
        switch source {
        case .files(let paths, let encoding):
            for path in paths {
                do {
                    if try !read(path, encoding, &stage, handOver) { return }
                } catch let error as ExtractError {
                    // The other files may be whole.
                    var delivery = Delivery(QueueEvents(), origin: path)
                    delivery.failure = error
                    guard handOver(delivery) else { return }
                }
            }
        case .table(let name, let configuration, let encoding, let columns):
            do {
                try readTable(name, configuration, encoding, columns, &stage, handOver)
            } catch let error as ExtractError {
                // The CDRs may be fine.
                var delivery = Delivery(QueueEvents(), origin: name)
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
        _ stage: inout QueueEventStage,
        _ handOver: (Delivery<QueueEvents>) -> Bool
    ) throws {
        var table = try QueueLogTable(
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
            if !more { delivery.remarks += table.notes.remarks(on: name) }
            delivery.progress = (table.notes.records, table.description.estimatedRows.map(Int64.init))
            guard handOver(delivery) else { return }
            remarks = []
        }
    }

    private func read(
        _ path: String,
        _ encoding: TextEncoding?,
        _ stage: inout QueueEventStage,
        _ handOver: (Delivery<QueueEvents>) -> Bool
    ) throws -> Bool {
        var reader = try QueueLogReader(path: path, encoding: encoding, batchRows: plan.batchRows)
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
            if !more { delivery.remarks += Remark.texts(reader.notes.texts, in: path) }
            delivery.progress = (reader.progress.read, reader.progress.size)
            guard handOver(delivery) else { return false }
        }
        return true
    }
}

/// Gives queue events their moments, in the zone and window that their source tells.
private struct QueueEventStage {
    let plan: Plan
    let now: Moment
    var window: TimeWindow?
    /// `nil` until the first batch of a source has told its zone.
    private var transform: QueueEventTransform?
    private var isFirst = true

    init(plan: Plan, now: Moment, window: TimeWindow?) {
        (self.plan, self.now, self.window) = (plan, now, window)
    }

    /// A source of its own zone begins.
    mutating func beginSource() { (transform, isFirst) = (nil, true) }

    mutating func delivery(from origin: String) -> Delivery<QueueEvents> {
        var delivery = Delivery(QueueEvents(), origin: origin)
        delivery.isFirst = isFirst
        isFirst = false
        return delivery
    }

    mutating func process(_ delivery: inout Delivery<QueueEvents>) {
        if delivery.batch.records.isEmpty { return }
        var current = transform ?? findZone(of: &delivery)
        delivery.counters = current.transform(&delivery.batch)
        transform = current
    }

    /// The zone of a queue_log's times: they are epochs in a file, and mostly local in a table.
    private mutating func findZone(of delivery: inout Delivery<QueueEvents>) -> QueueEventTransform {
        let stated = plan.queueLogZone ?? plan.sourceZone
        let configured = stated ?? plan.zone
        let records = delivery.batch.records
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
        var zone = ZoneTable.utc
        if isWall {
            let finding = plan.zoneFinder.zone(
                configured: configured,
                isStated: stated != nil,
                witness: witness
            )
            delivery.remarks += finding.remarks
            zone = finding.zone
            delivery.zone = zone
        } else {
            // Epochs need no zone, but the window does: this machine's own, where no CDRs tell another one.
            let local = plan.cdr == nil ? ZoneFiles.localName.flatMap { try? ZoneFiles.load($0) } : nil
            delivery.zone = configured ?? local
        }
        window = window ?? delivery.zone.map { plan.window(found: $0, now: now) }
        return QueueEventTransform(clock: LegClock(zone: zone), window: window ?? TimeWindow(from: plan.keptFrom))
    }
}
