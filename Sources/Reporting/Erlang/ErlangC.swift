#if canImport(Glibc)
    import Glibc
#endif

/// A queue in which nobody hangs up (Erlang C).
public struct ErlangC: Sendable {
    /// The offered work: calls in a time × handling time / that time.
    public let erlangs: Double
    /// How long an agent has a call, in seconds.
    public let handlingTime: Double
    /// How many agents there are.
    public let agents: Int

    /// A queue.
    public init(erlangs: Double, handlingTime: Double, agents: Int) {
        (self.erlangs, self.handlingTime, self.agents) = (erlangs, handlingTime, agents)
    }

    /// The probability that a caller has to wait: C = B / (1 − ρ (1 − B)), with B of Erlang B. It is 1 if there is at
    /// least as much work as agents, because the queue then grows without end.
    public var waitProbability: Double {
        guard erlangs > 0 else { return 0 }
        guard Double(agents) > erlangs else { return 1 }
        let blocked = ErlangB.blocking(erlangs: erlangs, lines: agents)
        return blocked / (1 - erlangs / Double(agents) * (1 - blocked))
    }

    /// The share of callers who wait at most some seconds: 1 − C e^(−(N − A) t / h).
    public func serviceLevel(within seconds: Double) -> Double {
        guard erlangs > 0 else { return 1 }
        guard Double(agents) > erlangs, handlingTime > 0 else { return 0 }
        return 1 - waitProbability * exp(-(Double(agents) - erlangs) * max(0, seconds) / handlingTime)
    }

    /// The mean wait of all callers in seconds: C h / (N − A); infinite if the queue grows without end.
    public var meanWait: Double {
        guard erlangs > 0 else { return 0 }
        guard Double(agents) > erlangs else { return .infinity }
        return waitProbability * handlingTime / (Double(agents) - erlangs)
    }

    /// The fewest agents with whom a share of the callers waits at most some seconds; nil if ``ErlangB/most`` are too
    /// few.
    public static func agents(
        erlangs: Double,
        handlingTime: Double,
        serviceLevel share: Double,
        within seconds: Double
    ) -> Int? {
        guard erlangs > 0 else { return 0 }
        guard erlangs < Double(ErlangB.most), handlingTime > 0, share <= 1 else { return nil }
        return LeastCount.from(Int(erlangs), to: ErlangB.most) { count in
            ErlangC(erlangs: erlangs, handlingTime: handlingTime, agents: count).serviceLevel(within: seconds) >= share
        }
    }
}

/// A search for the smallest number that is enough, where every larger one is enough too.
enum LeastCount {
    /// - Returns: nil if the largest number is not enough.
    static func from(_ first: Int, to last: Int, isEnough: (Int) -> Bool) -> Int? {
        // In steps that double, because the answer is usually near the first number.
        var (low, step) = (first, 1)
        guard !isEnough(low) else { return low }
        var high = min(last, low + step)
        while !isEnough(high) {
            guard high < last else { return nil }
            (low, step) = (high, step * 2)
            high = min(last, low + step)
        }
        while high - low > 1 {
            let middle = (low + high) / 2
            if isEnough(middle) { high = middle } else { low = middle }
        }
        return high
    }
}
