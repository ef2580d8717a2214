import Base
import CallRecords
import Extract
import MariaDB
import Transform

/// Reads the CDRs of a run and converts them to legs: extract and transform, batch by batch.
struct LegReader: Sendable {
    let plan: Plan
    let now: Moment
    /// The window, if an earlier source has decided it.
    let window: TimeWindow?
    /// The maps of earlier runs.
    let maps: [FileMap]

    /// Reads everything that may be in the window.
    ///
    /// - Throws: `ExtractError`.
    func read(_ source: Plan.CDRSource, _ handOver: (Delivery<LegBatch>) -> Bool) throws {
        var reader = SourceReader(
            stage: LegStage(plan: plan, now: now, window: window),
            maps: maps,
            mappedBytes: plan.mappedBytes
        )
        switch source {
        case .files(let paths, let options):
            try reader.read(paths, handOver, remarks: { (file: borrowing MasterCSVReader) in file.remarks }) { path in
                try MasterCSVReader(path: path, options: options)
            }
        case .table(let name, let configuration, let encoding, let columns):
            try reader.readTable(name, handOver) {
                try CDRTable(
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

/// Converts records to legs, in the zone and window found from their source.
private struct LegStage: SourceStage {
    let plan: Plan
    let now: Moment
    var window: TimeWindow?
    /// `nil` until the first batch of a source has revealed its zone.
    private var transform: LegTransform?
    /// The size of the largest batch so far: the next one will be similar.
    private var room = (records: 0, bytes: 0)

    init(plan: Plan, now: Moment, window: TimeWindow?) {
        (self.plan, self.now, self.window) = (plan, now, window)
    }

    /// A source with its own zone begins.
    mutating func beginSource() { transform = nil }

    /// Observations from the transformation of a source.
    func remarks(on source: String) -> [Remark] {
        guard let transform else { return [] }
        return Remark.mendedTimes(transform.mended, in: source)
            + Remark.unknownDispositions(transform.unknownDispositions, transform.unknownDisposition, in: source)
    }

    /// An empty delivery with capacity for the next batch.
    func delivery(from origin: String) -> Delivery<LegBatch> {
        var delivery = Delivery(LegBatch(), origin: origin)
        delivery.batch.records.reserveCapacity(records: room.records, bytes: room.bytes)
        return delivery
    }

    var zone: ZoneTable? { transform?.clock.zone }

    func ends(of records: CDRBatch) -> [Moment] {
        guard let clock = transform?.clock else { return [] }
        return records.headers.compactMap { clock.times($0)?.end }
    }

    mutating func process(_ delivery: inout Delivery<LegBatch>) {
        let records = delivery.batch.records
        if records.isEmpty { return }
        // Texts vary a little in length.
        room = (max(room.records, records.count), max(room.bytes, records.texts.byteCount * 17 / 16))
        let begun = ContinuousClock.now
        defer { delivery.transforming = begun.duration(to: .now) }
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
