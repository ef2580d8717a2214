import Base

/// Figures of the calls of a PBX.
struct CallMeasures {
    let rule: AlertRule
    let pbx: AlertSnapshot.PBX
    let now: Moment

    var findings: [AlertFinding]? { rule.measure == .silence ? silence : [longest] }

    private var longest: AlertFinding {
        let span = pbx.calls.map { max(.zero, now - $0.startedAt) }.max() ?? .zero
        return finding(
            span.inSeconds,
            localized("The longest call has lasted \(DurationText.of(span))."),
            path: "/calls"
        )
    }

    /// How many calls must have been usual in a silent time for the silence to be odd: with calls that come at random, the
    /// chance of none is e^-n, and three standard deviations of a normal distribution leave 0.135 % on one side.
    private static let oddFrom = 6.6

    /// Seconds without an incoming call; zero while so short a silence is usual at this time of this weekday.
    private var silence: [AlertFinding]? {
        guard let usual = pbx.usualIncoming, let last = pbx.lastIncoming else { return nil }
        let span = max(.zero, now - last)
        let expected = usual * span.inSeconds / 3600
        let (length, count) = (DurationText.of(span), Int(expected.rounded()))
        let summary = localized(
            "There has been no incoming call for \(length); about \(count) are usual in such a time."
        )
        return [finding(expected >= Self.oddFrom ? span.inSeconds : 0, summary, path: "/health")]
    }

    private func finding(_ value: Double, _ summary: String, path: String) -> AlertFinding {
        AlertFinding(
            ["pbx": pbx.name],
            value,
            summary,
            causes: rule.measure == .silence ? AlertCauses(pbx: pbx, now: now).lines.map(Self.sentence) : [],
            path: path
        )
    }

    private static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
