internal import Base
public import CallRecords

/// Time, identity and duplicates of the legs of one source.
public struct LegTransform {
    private let clock: LegClock
    private let window: TimeWindow
    private var identifier = LegIdentifier()
    /// Where in the batch a leg stands. Emptied for every batch: duplicates further apart are found by the loader.
    private var places: [LegKey: Int] = [:]

    /// A transformation of the legs of a source whose clock is known.
    public init(clock: LegClock, window: TimeWindow) {
        self.clock = clock
        self.window = window
    }

    /// Fills in the instants and identities of a batch and selects what is to be loaded.
    ///
    /// Of two versions of a leg the later one in the source wins. Returns how many records were left out, and why.
    public mutating func transform(_ batch: inout LegBatch) -> Counters {
        var counters = Counters()
        counters.read = Int64(batch.records.count)
        places.removeAll(keepingCapacity: true)
        batch.times.reserveCapacity(batch.records.count)
        batch.identities.reserveCapacity(batch.records.count)
        let headers = batch.records.headers
        batch.records.texts.withUnsafeTexts { texts in
            for (record, header) in headers.enumerated() {
                let times =
                    clock.times(header)
                    ?? LegTimes(start: Moment(seconds: 0), answer: nil, end: Moment(seconds: 0), isDerived: true)
                let identity = identifier.identity(header, times, of: record, in: texts)
                batch.times.append(times)
                batch.identities.append(identity)
                guard window.contains(times.start) else {
                    counters.outOfWindow += 1
                    continue
                }
                if let place = places[identity.key] {
                    batch.selection[place] = record
                    counters.duplicates += 1
                } else {
                    places[identity.key] = batch.selection.count
                    batch.selection.append(record)
                }
            }
        }
        return counters
    }
}
