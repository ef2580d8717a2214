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
        _ result: inout RunResult,
        _ connection: borrowing Connection
    ) throws -> TouchedCalls {
        guard let source = plan.cdr else { return TouchedCalls() }
        var stage = LegStage(
            self,
            loader: try LegLoader(connection, pbx: pbx, keysInMemory: plan.batchRows * 8),
            calls: calls,
            rejects: RejectStore(run: result.run, pbx: pbx, source: "cdr")
        )
        switch source {
        case .files(let paths, let options):
            for path in paths {
                var reader = try MasterCSVReader(path: path, options: options)
                stage.beginSource(plan.sourceZone ?? plan.zone, isStated: plan.sourceZone != nil)
                while true {
                    let more = try reader.next(into: &stage.batch.records, rejects: &stage.rejected)
                    try report(path, reader.progress.read, reader.progress.size)
                    try stage.process(&result, connection)
                    if !more { break }
                }
                result.note(reader.notes, of: path)
            }
        case .table(let name, let configuration, let encoding):
            let zone = plan.sourceZone ?? plan.zone
            var table = try CDRTable(
                name,
                window: tableWindow(zone),
                in: configuration,
                encoding: encoding,
                batchRows: plan.batchRows
            )
            table.description.warnings.forEach { result.notice($0) }
            stage.beginSource(zone, isStated: plan.sourceZone != nil)
            var more = true
            while more {
                more = try table.next(into: &stage.batch.records, rejects: &stage.rejected)
                try report(name, stage.counters.read, table.description.estimatedRows.map(Int64.init))
                try stage.process(&result, connection)
            }
            result.note(table.notes, of: name)
        }
        result.cdr = stage.counters
        calls = stage.calls
        try calls.store.absorb(stage.loader.absorbedCalls, connection)
        let loader = stage.loader
        return TouchedCalls(ids: stage.loader.touchedCalls, isBuilt: loader.isOwn)
    }

    /// The window of a table, wider than asked where its zone may be another one: what is outside is left out later, by
    /// its instant.
    func tableWindow(_ zone: ZoneTable?) -> SourceWindow? {
        let zoneOfWindow = plan.zone ?? zone ?? .utc
        let window = plan.window.window(in: zoneOfWindow, now: now)
        if window == .all { return nil }
        let day: Int64 = 86_400
        // Far enough for everything, near enough for a DATETIME.
        let instants = (window.from ?? 0)..<max(window.from ?? 0, window.to ?? now + 366 * day)
        // Clocks on Earth are at most 14 hours ahead of UTC and 12 behind.
        let slack = 15 * 3600 as Int64
        return SourceWindow(
            wall: instants.lowerBound - slack..<instants.upperBound + slack,
            instants: instants.lowerBound..<instants.upperBound
        )
    }
}

/// Legs between a reader and the loader: a batch is transformed, loaded and counted.
private struct LegStage {
    var batch = LegBatch()
    var rejected: [RejectedRecord] = []
    var loader: LegLoader
    private(set) var counters = Counters()

    private(set) var calls: CallBuilder
    private let run: Run
    private let rejects: RejectStore
    private var configuredZone: ZoneTable?
    private var isZoneStated = false
    /// `nil` until the first batch of a source has told its zone.
    private var transform: LegTransform?

    init(_ run: Run, loader: LegLoader, calls: CallBuilder, rejects: RejectStore) {
        self.run = run
        self.loader = loader
        self.calls = calls
        self.rejects = rejects
    }

    /// A source of its own zone begins.
    mutating func beginSource(_ zone: ZoneTable?, isStated: Bool) {
        configuredZone = zone
        isZoneStated = isStated
        transform = nil
    }

    mutating func process(_ result: inout RunResult, _ connection: borrowing Connection) throws {
        if transform == nil, !batch.records.isEmpty { findZone(&result) }
        if var current = transform {
            counters += current.transform(&batch)
            transform = current
        }
        let loaded = try loader.load(batch, into: connection)
        counters += loaded.counters
        try calls.build(loaded.fresh, in: batch, &result, connection)
        counters += try result.putAside(&rejected, in: rejects, connection)
        batch.removeAll()
    }

    private mutating func findZone(_ result: inout RunResult) {
        var witness = ZoneWitness()
        batch.records.texts.withUnsafeTexts { texts in
            for (record, header) in batch.records.headers.enumerated() {
                witness.observe(header.start, uniqueid: UniqueID(parsing: texts[record, .uniqueid]))
            }
        }
        let finding = run.zoneFinder.zone(configured: configuredZone, isStated: isZoneStated, witness: witness)
        result.note(finding)
        run.settle(finding.zone, &result)
        transform = LegTransform(clock: LegClock(zone: finding.zone), window: result.window)
    }
}

extension Run {
    var zoneFinder: ZoneFinder {
        ZoneFinder(
            candidates: { [region = plan.region] in
                [ZoneFiles.localName].compactMap(\.self) + ZoneFiles.names(preferring: region)
            },
            load: { try? ZoneFiles.load($0) }
        )
    }

    /// The window is meant in the PBX's zone: the configured one, else the one that was found first.
    func settle(_ found: ZoneTable, _ result: inout RunResult) {
        if result.isWindowSettled { return }
        result.isWindowSettled = true
        // UTC files of a PBX whose zone is configured do not move its days.
        let zone = plan.zone ?? found
        result.timeZone = zone.name
        result.window = plan.window.window(in: zone, now: now)
    }
}

extension RunResult {
    /// In which zone a source is read, where that is worth a word.
    mutating func note(_ finding: ZoneFinder.Finding) {
        if finding.isContradiction { warn(finding.warning) } else { notice(finding.warning) }
    }

    /// Texts that a source did not have in UTF-8.
    mutating func note(mended: Int, in source: String) {
        if mended > 0 { notice("\(mended) texts in \(source) were not UTF-8 and were mended (see `encoding`).") }
    }

    /// What a reader noticed that the user should know.
    fileprivate mutating func note(_ notes: MasterCSVReader.Notes, of path: String) {
        note(mended: notes.mended, in: path)
        if notes.layouts.count > 1 {
            let names = notes.layouts.map(\.name).joined(separator: ", then ")
            notice("\(path) changes its layout on the way: \(names).")
        }
    }

    /// What the reader of a table noticed that the user should know.
    mutating func note(_ notes: TableNotes, of table: String) {
        note(mended: notes.mended, in: table)
        if notes.resumptions > 0 {
            warn("The connection to the PBX's database was lost \(notes.resumptions) times and made good.")
        }
        if notes.cutNames > 0 {
            warn(
                "\(notes.cutNames) rows of \(table) have a uniqueid or linkedid that fills its column and may have been cut."
                    + " Cut ones join calls that have nothing to do with each other, and are other legs than those of a file."
                    + " Shorten `systemname` in asterisk.conf, or widen the column."
            )
        }
    }
}
