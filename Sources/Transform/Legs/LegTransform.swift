import Base
public import CallRecords

/// Times, identities and duplicates of the legs of one source.
public struct LegTransform {
    /// Determines the moments of the source's times.
    public let clock: LegClock
    private let window: TimeWindow
    private var identifier = LegIdentifier()
    /// The position of each leg in the batch. Emptied for every batch: the loader finds duplicates that are further
    /// apart.
    private var places: [LegKey: Int] = [:]

    /// Records whose times or lengths contradicted each other and were corrected.
    public private(set) var mended = 0
    /// Records whose disposition is neither a word nor a number that Asterisk uses.
    public private(set) var unknownDispositions = 0
    /// The first of these dispositions.
    public private(set) var unknownDisposition: String?

    /// A transformation for a source whose clock is known.
    public init(clock: LegClock, window: TimeWindow) {
        self.clock = clock
        self.window = window
    }

    /// Fills in the instants and identities of a batch and selects the records to load.
    ///
    /// Of two versions of a leg, the later one in the source wins. Returns how many records were left out, and why.
    public mutating func transform(_ batch: inout LegBatch) -> Counters {
        var counters = Counters()
        counters.read = Int64(batch.records.count)
        places.removeAll(keepingCapacity: true)
        batch.times.reserveCapacity(batch.records.count)
        batch.identities.reserveCapacity(batch.records.count)
        readTimes(&batch)
        let headers = batch.records.headers
        batch.records.texts.withUnsafeTexts { texts in
            for (record, header) in headers.enumerated() {
                if header.disposition == nil { note(texts[record, .disposition]) }
                let times = batch.times[record]
                let identity = identifier.identity(header, times, of: record, in: texts)
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

    /// Instants and lengths, before anything is derived from them.
    private mutating func readTimes(_ batch: inout LegBatch) {
        for (record, header) in batch.records.headers.enumerated() {
            guard let reading = clock.reading(header) else {
                batch.times.append(
                    LegTimes(start: Moment(seconds: 0), answer: nil, end: Moment(seconds: 0), isDerived: true)
                )
                continue
            }
            batch.times.append(reading.times)
            if reading.isMended { mended += 1 }
            if header.duration != reading.duration || header.billsec != reading.billsec {
                batch.records.setLengths(of: record, duration: reading.duration, billsec: reading.billsec)
            }
        }
    }

    private mutating func note(_ disposition: UnsafeBufferPointer<UInt8>) {
        if disposition.isEmpty { return }
        unknownDispositions += 1
        if unknownDisposition == nil { unknownDisposition = String(decoding: disposition.prefix(20), as: UTF8.self) }
    }
}
