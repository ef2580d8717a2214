import Base
public import CallRecords

/// Instants, identities and duplicates of the events of one queue_log.
public struct QueueEventTransform {
    /// Determines the moments of the source's times.
    public let clock: LegClock
    private let window: TimeWindow
    private var scratch: [UInt8] = []
    private var seen: Set<Hash128> = []

    /// A transformation for the events of one source; those outside the window are left out.
    public init(clock: LegClock, window: TimeWindow) {
        self.clock = clock
        self.window = window
    }

    /// Determines the times and identities of the events, and selects those to load.
    ///
    /// An identical line is the same event: two events of one second that are equal for the same agent and call are
    /// one.
    public mutating func transform(_ events: inout QueueEvents) -> Counters {
        var counters = Counters()
        counters.read = Int64(events.records.count)
        events.instants.removeAll(keepingCapacity: true)
        events.hashes.removeAll(keepingCapacity: true)
        events.selection.removeAll(keepingCapacity: true)
        seen.removeAll(keepingCapacity: true)
        let records = events.records
        records.texts.withUnsafeTexts { texts in
            for (record, time) in records.times.enumerated() {
                let instant =
                    clock.moment(time, notBefore: UniqueID(parsing: texts[record, .callid])) ?? Moment(seconds: 0)
                let hash = identity(record, texts)
                events.instants.append(instant)
                events.hashes.append(Int64(bitPattern: hash.low))
                guard window.contains(instant) else {
                    counters.outOfWindow += 1
                    continue
                }
                var key = hash
                key.high = UInt64(bitPattern: instant.wholeSeconds)
                if seen.insert(key).inserted { events.selection.append(record) } else { counters.duplicates += 1 }
            }
        }
        return counters
    }

    private mutating func identity(_ record: Int, _ texts: UnsafeTexts) -> Hash128 {
        scratch.removeAll(keepingCapacity: true)
        for field in QueueEventField.allCases {
            let text = texts[record, field]
            withUnsafeBytes(of: UInt32(truncatingIfNeeded: text.count).littleEndian) { scratch.append(contentsOf: $0) }
            scratch.append(contentsOf: text)
        }
        return scratch.withUnsafeBytes { Hash128($0) }
    }
}
