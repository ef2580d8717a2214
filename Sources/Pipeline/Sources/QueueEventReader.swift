import Base
import CallRecords
import Extract
import MariaDB
import Transform

/// Reads the queue events of a run and determines when they happened: extract and transform, batch by batch.
struct QueueEventReader: Sendable {
    let plan: Plan
    let now: Moment
    /// The window, if an earlier source has decided it.
    let window: TimeWindow?
    /// The maps of earlier runs.
    let maps: [FileMap]

    /// Reads everything that may be in the window.
    ///
    /// - Throws: `ExtractError`.
    func read(_ source: Plan.QueueSource, _ handOver: (Delivery<QueueEvents>) -> Bool) throws {
        var reader = SourceReader(
            stage: QueueEventStage(plan: plan, now: now, window: window),
            maps: maps,
            mappedBytes: plan.mappedBytes
        )
        switch source {
        case .files(let paths, let encoding):
            try reader.read(paths, handOver, remarks: { (file: borrowing QueueLogReader) in file.remarks }) { path in
                try QueueLogReader(path: path, encoding: encoding, batchRows: plan.batchRows)
            }
        case .table(let name, let configuration, let encoding, let columns):
            try reader.readTable(name, handOver) {
                try QueueLogTable(
                    name,
                    window: plan.tableWindow(now: now),
                    in: configuration,
                    encoding: encoding,
                    columns: columns,
                    batchRows: plan.batchRows
                )
            }
        }
    }
}

/// Determines the moments of queue events, in the zone and window found from their source.
private struct QueueEventStage: SourceStage {
    let plan: Plan
    let now: Moment
    var window: TimeWindow?
    /// `nil` until the first batch of a source has revealed its zone.
    private var transform: QueueEventTransform?
    private var isFirst = true

    init(plan: Plan, now: Moment, window: TimeWindow?) {
        (self.plan, self.now, self.window) = (plan, now, window)
    }

    /// A source with its own zone begins.
    mutating func beginSource() { (transform, isFirst) = (nil, true) }

    mutating func delivery(from origin: String) -> Delivery<QueueEvents> {
        var delivery = Delivery(QueueEvents(), origin: origin)
        delivery.isFirst = isFirst
        isFirst = false
        return delivery
    }

    var zone: ZoneTable? { transform?.clock.zone }

    func remarks(on source: String) -> [Remark] { [] }

    func ends(of records: QueueEventBatch) -> [Moment] {
        guard let clock = transform?.clock else { return [] }
        return records.times.compactMap { clock.moment($0, notBefore: nil) }
    }

    mutating func process(_ delivery: inout Delivery<QueueEvents>) {
        if delivery.batch.records.isEmpty { return }
        let begun = ContinuousClock.now
        defer { delivery.transforming = begun.duration(to: .now) }
        var current = transform ?? findZone(of: &delivery)
        delivery.counters = current.transform(&delivery.batch)
        transform = current
    }

    /// The zone of a queue_log's times: in a file they are epochs, in a table usually local times.
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
            // Epochs need no zone, but the window does: this machine's own, if no CDRs reveal another one.
            let local = plan.cdr == nil ? ZoneFiles.localName.flatMap { try? ZoneFiles.load($0) } : nil
            delivery.zone = configured ?? local
        }
        window = window ?? delivery.zone.map { plan.window(found: $0, now: now) }
        return QueueEventTransform(clock: LegClock(zone: zone), window: window ?? TimeWindow(from: plan.keptFrom))
    }
}
