import Base
import CallRecords

/// The visits to a queue on one day, by the report's rules: a visit belongs to the day on which it began. The names of the
/// figures are also those in the file that `serve` keeps (``LiveDayFile``).
public struct QueueDay: Sendable, Equatable, Codable {
    /// The queue.
    public var queue: String
    /// Visits that began.
    public var offered = 0
    /// Those that an agent answered.
    public var answered = 0
    /// Those in which the caller hung up.
    public var abandoned = 0
    /// Those of them that were shorter than the report's limit.
    public var abandonedShort = 0
    /// Those that ended without an agent for another reason.
    public var otherwiseLost = 0
    /// Those that are still waiting.
    public var inProgress = 0
    /// Those that were answered within the service level.
    public var answeredInTime = 0
    /// The denominator and the numerator of the service level, by the configured formula.
    public var serviceLevelWhole = 0, serviceLevelPart = 0
    /// The total wait of answered callers, in seconds.
    public var wait = 0
    /// The total talk time in seconds, counting finished calls only.
    public var talk = 0

    /// A day without visits.
    public init(queue: String) { self.queue = queue }

    /// Callers who did not get through; short abandons are not counted.
    public var lost: Int { abandoned - abandonedShort + otherwiseLost }

    /// The service level in percent, by the configured formula (`reports.service_level_variant`); nil if nobody called.
    public var serviceLevelPercent: Double? {
        serviceLevelWhole > 0 ? Double(serviceLevelPart) / Double(serviceLevelWhole) * 100 : nil
    }

    /// How long answered callers waited on average; nil if nobody was answered.
    public var averageWait: Duration? { answered > 0 ? .seconds(wait) / answered : nil }

    /// Adds another queue's figures.
    public static func + (left: QueueDay, right: QueueDay) -> QueueDay {
        var sum = left
        sum.offered += right.offered
        sum.answered += right.answered
        sum.abandoned += right.abandoned
        sum.abandonedShort += right.abandonedShort
        sum.otherwiseLost += right.otherwiseLost
        sum.inProgress += right.inProgress
        sum.answeredInTime += right.answeredInTime
        sum.serviceLevelWhole += right.serviceLevelWhole
        sum.serviceLevelPart += right.serviceLevelPart
        sum.wait += right.wait
        sum.talk += right.talk
        return sum
    }
}

extension QueueDay {
    /// What counts as in time in a queue, and as too early to matter.
    struct Limits: Sendable {
        /// Seconds.
        var serviceLevel: Int
        /// Seconds.
        var shortAbandon: Int
        /// The formula of the service level.
        var variant = ServiceLevelVariant.standard
    }

    /// Counts a visit (contract, section 5).
    mutating func count(_ visit: QueueVisit, _ limits: Limits) {
        offered += 1
        let wait = Int(visit.wait ?? 0)
        let isInTime = visit.wait != nil && wait <= limits.serviceLevel
        let isShort = visit.wait != nil && wait < limits.shortAbandon
        switch visit.outcome {
        case .answered:
            answered += 1
            self.wait += wait
            talk += Int(visit.talk ?? 0)
            if isInTime { answeredInTime += 1 }
        case .abandoned:
            abandoned += 1
            if isShort { abandonedShort += 1 }
        case .inProgress: inProgress += 1
        case .timedOut, .exitKey, .exitEmpty, .withdrawn, .unserved: otherwiseLost += 1
        }
        countServiceLevel(visit.outcome, isInTime: isInTime, isShort: isShort, limits.variant)
    }

    private mutating func countServiceLevel(
        _ outcome: QueueVisit.Outcome,
        isInTime: Bool,
        isShort: Bool,
        _ variant: ServiceLevelVariant
    ) {
        let (isAnswered, isAbandoned) = (outcome == .answered, outcome == .abandoned)
        let isWhole: Bool =
            switch variant {
            case .offered: outcome != .inProgress && !(isAbandoned && isShort)
            case .answered: isAnswered
            case .answeredAbandoned, .withAbandoned: isAnswered || isAbandoned
            }
        guard isWhole else { return }
        serviceLevelWhole += 1
        if isInTime, isAnswered || isAbandoned && variant == .withAbandoned { serviceLevelPart += 1 }
    }
}
