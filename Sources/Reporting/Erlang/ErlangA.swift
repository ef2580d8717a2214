#if canImport(Glibc)
    import Glibc
#endif

/// A queue in which callers hang up when their patience is over, which lasts exponentially long (Erlang A, or M/M/N+M:
/// Palm 1957; Mandelbaum and Zeltyn, Service Engineering in Action: The Palm/Erlang-A Queue).
public struct ErlangA: Sendable {
    /// The offered work: calls in a time × handling time / that time.
    public let erlangs: Double
    /// How long an agent has a call, in seconds.
    public let handlingTime: Double
    /// How long a caller is willing to wait on average, in seconds.
    public let patience: Double
    /// How many agents there are.
    public let agents: Int

    /// A queue. Times must be positive.
    public init(erlangs: Double, handlingTime: Double, patience: Double, agents: Int) {
        (self.erlangs, self.handlingTime, self.patience) = (erlangs, handlingTime, patience)
        self.agents = max(0, agents)
    }

    /// The share of callers who hang up: those who leave the waiting line in a time, of those who arrive in it.
    public var abandonment: Double {
        var leaving = 0.0
        let weights = visitWaiting { length, weight in leaving += Double(length) * weight }
        return isValid ? leaving / patience / (erlangs / handlingTime) / weights.all : 0
    }

    /// The mean wait of all callers in seconds, whether they were answered or hung up: by Little's law, abandonment ×
    /// patience.
    public var meanWait: Double { abandonment * patience }

    /// The share of callers who are answered within some seconds.
    ///
    /// A caller who finds k others waiting has to wait until k + 1 have left, at rates N/h + i/p. With x = N p / h, e^(−V/p)
    /// of that time V is therefore distributed as Beta(x, k + 1), whose mean over V ≤ t, the chance to be served in time,
    /// is x / (x + k + 1) × (1 − I(x + 1, k + 1)) at e^(−t/p).
    public func serviceLevel(within seconds: Double) -> Double {
        guard isValid else { return erlangs > 0 ? 0 : 1 }
        let x = Double(agents) * patience / handlingTime
        let time = max(0, seconds) / patience
        let rest = 1 - exp(-time)
        // I(x + 1, k + 1) is the sum of the first k + 1 terms of a series without negative terms.
        var logTerm = -(x + 1) * time
        var reached = exp(logTerm)
        var inTime = 0.0
        let weights = visitWaiting { length, weight in
            let k = Double(length)
            if length > 0 {
                logTerm += log(max(rest, .leastNormalMagnitude)) + log((x + k) / k)
                reached = min(1, reached + exp(logTerm))
            }
            if agents > 0 { inTime += weight * x / (x + k + 1) * (1 - reached) }
        }
        return min(1, (inTime + weights.free) / weights.all)
    }

    /// The fewest agents with whom a share of the callers is answered within some seconds; nil if ``ErlangB/most`` are
    /// too few.
    public static func agents(
        erlangs: Double,
        handlingTime: Double,
        patience: Double,
        serviceLevel share: Double,
        within seconds: Double
    ) -> Int? {
        guard erlangs > 0 else { return 0 }
        guard erlangs < Double(ErlangB.most), handlingTime > 0, patience > 0, share <= 1 else { return nil }
        return LeastCount.from(0, to: ErlangB.most) { count in
            ErlangA(erlangs: erlangs, handlingTime: handlingTime, patience: patience, agents: count)
                .serviceLevel(within: seconds) >= share
        }
    }

    private var isValid: Bool { erlangs > 0 && erlangs.isFinite && handlingTime > 0 && patience > 0 }

    /// Calls `body` with each number of waiting callers and its weight, until the rest weighs nothing. Weights are
    /// relative to the largest one and computed from logarithms, so that none overflows.
    ///
    /// - Returns: the weight of all states, and of those with a free agent, whose callers wait for nobody. If the state in
    ///   which all agents are busy and nobody waits weighs 1, the states up to it weigh 1 / B, with B of Erlang B.
    private func visitWaiting(_ body: (Int, Double) -> Void) -> (all: Double, free: Double) {
        guard isValid else { return (1, 1) }
        func ratio(_ length: Int) -> Double {
            erlangs / (Double(agents) + Double(length) * handlingTime / patience)
        }
        let most = 10_000_000
        var (length, peak) = (1, 0.0)
        while length < most, ratio(length) > 1 {
            peak += log(ratio(length))
            length += 1
        }
        let blocked = ErlangB.blocking(erlangs: erlangs, lines: agents)
        let free = blocked > 0 ? (1 / blocked - 1) * exp(-peak) : .greatestFiniteMagnitude
        var (all, logWeight) = (free, -peak)
        length = 0
        while length < most {
            let weight = exp(logWeight)
            body(length, weight)
            all += weight
            length += 1
            let next = ratio(length)
            logWeight += log(next)
            // Further terms fall faster than a geometric series.
            if next < 1, exp(logWeight) < 1e-15 * all * (1 - next) { break }
        }
        return (all, free)
    }
}
