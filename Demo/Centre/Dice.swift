import Glibc

/// Random numbers that are reproducible from a seed, and the distributions that a call centre follows. (SplitMix64; Steele,
/// Lea and Flood, 2014.)
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// 0 ..< 1
    mutating func fraction() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

    mutating func chance(_ share: Double) -> Bool { fraction() < share }

    mutating func int(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(fraction() * Double(range.upperBound - range.lowerBound + 1))
    }

    /// Whole seconds of a span whose mean is `mean`: many short ones, few long ones, none beyond five times the mean.
    mutating func span(mean: Int) -> Int { min(Int(-log(1 - fraction()) * Double(mean)), mean * 5) }

    /// How many things happen if `mean` are expected. (Poisson; Knuth's method, for small means.)
    mutating func count(mean: Double) -> Int {
        var (product, count) = (fraction(), 0)
        let limit = exp(-mean)
        while product > limit { (product, count) = (product * fraction(), count + 1) }
        return count
    }

    mutating func pick<Element>(_ items: [Element]) -> Element { items[int(0...items.count - 1)] }

    /// One of the items. One pick in four is among the first four hundred, so that there are regular customers.
    mutating func pickOften<Element>(_ items: [Element]) -> Element {
        items[int(0...min(chance(0.25) ? 400 : items.count, items.count) - 1)]
    }
}
