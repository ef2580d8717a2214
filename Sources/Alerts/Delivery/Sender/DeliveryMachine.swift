import Base

/// Decides when one receiver is sent the message at the head of its queue. Pure: it is told the time.
struct DeliveryMachine: Sendable, Equatable {
    /// What to do now.
    enum Step: Equatable {
        /// Nothing waits.
        case idle
        /// Not before a moment.
        case wait(until: Moment)
        case send
    }

    /// What has become of a message after an attempt.
    enum Verdict: Equatable {
        case delivered
        /// It will never be delivered.
        case failed(reason: String)
        /// It has been tried for a day.
        case expired(reason: String)
        /// It stays at the head.
        case kept(reason: String)
    }

    let schedule: RetrySchedule
    /// Attempts that failed since the last one that the receiver answered.
    private(set) var failures = 0
    /// When the first of them failed.
    private(set) var failingSince: Moment?
    private var notBefore: Moment?

    init(schedule: RetrySchedule = RetrySchedule()) { self.schedule = schedule }

    /// Whether it has failed so often that only one attempt is made in each of the longest pauses.
    var isBreakerOpen: Bool { failures >= schedule.breaker }

    /// Whether the receiver has been failing for so long that its fallback should be told.
    func isDead(at now: Moment) -> Bool {
        failingSince.map { now - $0 >= schedule.patience } ?? false
    }

    /// What to do at a moment, if something waits.
    func step(hasMessage: Bool, at now: Moment) -> Step {
        guard hasMessage else { return .idle }
        guard let notBefore, now < notBefore else { return .send }
        // If the clock was set back, the moment may be far away.
        let longest = max(schedule.longest, schedule.longestRequested)
        return notBefore - now > longest ? .send : .wait(until: notBefore)
    }

    /// Takes the outcome of an attempt.
    ///
    /// - Parameters:
    ///   - queuedAt: when the message, or the newest of those that were merged, was queued.
    ///   - jitter: 0 … 1, random.
    mutating func attempted(
        _ outcome: DeliveryOutcome,
        queuedAt: Moment,
        at now: Moment,
        jitter: Double
    ) -> Verdict {
        switch outcome {
        case .delivered:
            (failures, failingSince, notBefore) = (0, nil, nil)
            return .delivered
        case .rejected(let reason):
            // It answered.
            (failures, failingSince, notBefore) = (0, nil, nil)
            return .failed(reason: reason)
        case .retry(let reason, let requested):
            failures += 1
            failingSince = min(failingSince ?? now, now)
            notBefore = now + schedule.pause(after: failures, jitter: jitter, requested: requested)
            return now - queuedAt >= schedule.lifetime ? .expired(reason: reason) : .kept(reason: reason)
        }
    }
}
