import Base
import CallRecords

/// Legs without a linkedid in the source: names and times replace it as far as possible.
struct UnlinkedLegs {
    /// The starts of the first and the last one; `nil` if every leg has a linkedid.
    private(set) var starts: ClosedRange<Moment>?
    /// Whether any of them involves a Local channel.
    private var hasLocal = false

    /// Looks for legs without a linkedid among those to be loaded.
    mutating func note(_ batch: LegBatch) {
        let headers = batch.records.headers
        let records = batch.selection.filter { headers[$0].linkedid == nil }
        guard !records.isEmpty else { return }
        batch.records.texts.withUnsafeTexts { texts in
            for record in records {
                let start = batch.times[record].start
                starts = min(starts?.lowerBound ?? start, start)...max(starts?.upperBound ?? start, start)
                if hasLocal { continue }
                hasLocal =
                    ChannelName(texts[record, .channel]).isLocal || ChannelName(texts[record, .dstchannel]).isLocal
            }
        }
    }

    /// A message for the user; `nil` if nothing depends on it.
    func notice(joined: Int) -> String? {
        guard hasLocal || joined > 0 else { return nil }
        return
            "The source has no linkedid. \(joined) calls were joined with others by the names and times of their channels;"
            + " attended transfers and calls that were picked up remain separate calls. Add `newcdrcolumns = yes` to [csv] in"
            + " cdr.conf, or the column linkedid to the table, and Asterisk writes which legs belong together."
    }
}
