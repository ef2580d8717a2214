import Base

/// The figures of all queues together, from the sums of their counts: never an average of averages.
struct Summary {
    let offered: Int64
    let answered: Int64
    /// Visits that ended without an agent, short ones aside.
    let lost: Int64
    /// Callers who hung up at once.
    let short: Int64
    /// Visits that count in the numerator and in the denominator of the service level, each queue by its own threshold and variant.
    let inTime: Int64, counted: Int64
    /// Seconds.
    let meanWait: Double?
    /// Seconds.
    let longest: Double?

    /// The visits of which the service level is a share, in words.
    let population: String

    /// In percent; nil if there is nothing to divide by.
    var serviceLevel: Double? { Self.share(inTime, counted) }

    /// - Parameters:
    ///   - queues: The report of that name.
    ///   - waits: Its visits by wait.
    ///   - period: The period to sum, given by its beginning and its number among those of the waits; nil for all.
    init(_ queues: ReportResult, _ waits: WaitClasses, period: (start: LocalMoment, number: Int)? = nil) {
        let entries = period.map { period in waits.entries.filter { $0.period == period.number } } ?? waits.entries
        let rows =
            period.map { period in
                queues.rows.filter { queues.cell($0, "period_start") == .moment(period.start) }
            } ?? queues.rows
        func sum(_ column: String) -> Int64 { rows.reduce(0) { $0 + queues.integer($1, column) } }
        offered = sum("offered")
        answered = sum("answered")
        short = sum("abandoned_short")
        // Not the column `lost`, which a user's own report in place of this one may not have.
        lost = offered - answered - short - sum("in_progress")
        var inTime: Int64 = 0
        var variants: Set<ServiceLevelVariant> = []
        var counted: Int64 = 0
        for row in rows {
            guard case .text(let queue) = queues.cell(row, "queue"),
                case .integer(let threshold) = queues.cell(row, "service_level_s"),
                case .text(let name) = queues.cell(row, "service_level_variant"),
                let variant = ServiceLevelVariant(rawValue: name)
            else { continue }
            variants.insert(variant)
            let key = queue.asciiLowercased
            // A user's own report that replaces this one may not have this column.
            let pbx = queues.cell(row, "pbx")
            func count(_ column: String) -> Int64 { queues.integer(row, column) }
            let early = entries.filter { entry in
                entry.queueKey == key && (pbx == .empty || pbx == .text(entry.pbx)) && entry.place < waits.limits.count
                    && waits.limits[entry.place] <= threshold
            }
            inTime += early.reduce(0) { $0 + $1.answered + (variant == .withAbandoned ? $1.abandoned : 0) }
            let divisor: Int64 =
                switch variant {
                case .offered: count("offered") - count("abandoned_short") - count("in_progress")
                case .answered: count("answered")
                case .answeredAbandoned, .withAbandoned: count("answered") + count("abandoned")
                }
            counted += divisor
        }
        (self.inTime, self.counted) = (inTime, counted)
        population =
            switch variants.count == 1 ? variants.first : nil {
            case .offered: localized("offered without short", context: "visits of which a share is taken")
            case .answered: localized("answered", context: "visits of which a share is taken")
            case .answeredAbandoned, .withAbandoned:
                localized("answered and abandoned", context: "visits of which a share is taken")
            case nil: localized("each queue's own choice", context: "visits of which a share is taken")
            }
        let waited = entries.reduce(Int64(0)) { $0 + $1.answered }
        meanWait = waited > 0 ? Double(entries.reduce(0) { $0 + $1.answeredWait }) / Double(waited) : nil
        longest = entries.map(\.longest).max().map { Double($0) }
    }

    static func share(_ part: Int64, _ whole: Int64) -> Double? {
        whole > 0 ? 100 * Double(part) / Double(whole) : nil
    }
}
