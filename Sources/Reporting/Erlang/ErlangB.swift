/// Lines without a queue: a call that finds all lines busy is lost (Erlang B).
public enum ErlangB {
    /// The most lines or agents that a search considers.
    public static let most = 100_000

    /// The share of calls that find all lines busy.
    ///
    /// By the recursion B(0) = 1, B(n) = A B(n − 1) / (n + A B(n − 1)), in which every step lies between 0 and 1, so that
    /// no factorial can overflow (Iversen, Teletraffic Engineering Handbook, ITU-D SG 2, 4.5).
    ///
    /// - Parameters:
    ///   - erlangs: The offered traffic: calls an hour × their hours. Traffic that is not positive blocks nothing.
    ///   - lines: How many there are; without lines, every call is blocked.
    public static func blocking(erlangs: Double, lines: Int) -> Double {
        guard lines > 0 else { return 1 }
        guard erlangs > 0, erlangs.isFinite else { return erlangs > 0 ? 1 : 0 }
        var blocked = 1.0
        for line in 1...min(lines, most) { blocked = erlangs * blocked / (Double(line) + erlangs * blocked) }
        return blocked
    }

    /// The fewest lines with which at most a share of the calls is blocked; nil if ``most`` are too few.
    public static func lines(erlangs: Double, blocking share: Double) -> Int? {
        guard erlangs > 0, erlangs.isFinite else { return erlangs > 0 ? nil : 0 }
        var blocked = 1.0
        for line in 1...most {
            blocked = erlangs * blocked / (Double(line) + erlangs * blocked)
            if blocked <= share { return line }
        }
        return nil
    }
}
