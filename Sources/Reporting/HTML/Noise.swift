/// Whether a change is more than chance: in quiet times, at most one comparison in a hundred is taken for a change by mistake.
enum Noise {
    /// The two-sided bound of the normal distribution for one in a hundred.
    private static let bound = 2.576
    /// The same bound of Student's distribution, by degrees of freedom from 3 on.
    private static let bounds = [5.841, 4.604, 4.032, 3.707, 3.499, 3.355]
    /// With fewer earlier periods, their spread is too uncertain.
    private static let fewestPeriods = 4

    /// Two counts, each of which varies as a Poisson distribution does: their difference has the variance of their sum.
    static func isExceeded(by now: Int64, since before: Int64) -> Bool {
        let sum = Double(now) + Double(before)
        guard now >= 0, before >= 0, sum > 0 else { return false }
        return abs(Double(now) - Double(before)) > bound * sum.squareRoot()
    }

    /// Two shares: the two-proportion z-test with the pooled share.
    static func isExceeded(by now: (part: Int64, whole: Int64), since before: (part: Int64, whole: Int64)) -> Bool {
        guard now.whole > 0, before.whole > 0 else { return false }
        let (first, second) = (Double(now.whole), Double(before.whole))
        let pooled = (Double(now.part) + Double(before.part)) / (first + second)
        let variance = pooled * (1 - pooled) * (1 / first + 1 / second)
        guard variance > 0 else { return false }
        let difference = Double(now.part) / first - Double(before.part) / second
        return abs(difference) > bound * variance.squareRoot()
    }

    /// A figure in seconds and those of the previous periods: outside the interval in which their mean and spread predict the
    /// next one. The spread is at least half a second, because waits are measured in whole ones, and a fiftieth of the mean,
    /// because equal figures, such as a queue's longest permitted wait, do not show how much is worth mentioning.
    static func isExceeded(by now: Double, since earlier: [Double]) -> Bool {
        guard earlier.count >= fewestPeriods else { return false }
        let count = Double(earlier.count)
        let mean = earlier.reduce(0, +) / count
        let squares = earlier.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let spread = max((squares / (count - 1)).squareRoot(), 0.5, mean / 50)
        let bound = bounds[min(earlier.count - fewestPeriods, bounds.count - 1)]
        return abs(now - mean) > bound * spread * (1 + 1 / count).squareRoot()
    }
}
