/// One of the figures that everybody looks for first, with those of the periods before.
struct KeyFigure {
    enum Amount {
        case count(Int64)
        /// A part of a whole, shown in percent.
        case share(part: Int64, whole: Int64)
        case seconds(Double?)

        /// The number, in percent or in seconds; nil if there is nothing to divide by.
        var value: Double? {
            switch self {
            case .count(let count): Double(count)
            case .share(let part, let whole): Summary.share(part, whole)
            case .seconds(let seconds): seconds
            }
        }
    }

    /// What a lead hopes for.
    enum Wish { case more, less }
    /// What a change that is beyond noise means.
    enum Verdict { case better, worse }

    let name: String
    let amount: Amount
    /// The same in the previous period; nil for a figure that is not compared.
    var before: Amount?
    /// Nil if neither more nor less is better.
    var wish: Wish?
    /// The same in eight periods, of which this is the last; nil for those without data. Empty without a trend.
    var trend: [Amount?] = []
    /// What the figure is a part of.
    var remark = ""
    /// The target of a link from the figure; nil for none.
    var address: String?

    /// Nil if the change may be chance, or is neither good nor bad.
    var verdict: Verdict? {
        guard let wish, let before, let now = amount.value, let then = before.value, now != then, isBeyondNoise else {
            return nil
        }
        return (now > then) == (wish == .more) ? .better : .worse
    }

    /// Whether the change since the previous period is more than chance.
    private var isBeyondNoise: Bool {
        switch (amount, before) {
        case (.count(let now), .count(let before)?): Noise.isExceeded(by: now, since: before)
        case (.share(let now, let all), .share(let before, let allBefore)?):
            Noise.isExceeded(by: (now, all), since: (before, allBefore))
        case (.seconds(let now?), _): Noise.isExceeded(by: now, since: trend.dropLast().compactMap { $0?.value })
        default: false
        }
    }
}
