internal import Switchboard

/// The worst of what phones and PBX report of each other's sound (RTCP, RFC 3550). No report is not a good report.
struct QualityTally {
    /// Reports that told something.
    private(set) var reports = 0
    private var channels: Set<String> = []
    private var loss = (percent: 0.0, channel: "")
    private var jitter = 0.0
    private var roundTrip: Double?
    private var experience: Double?
    /// Where a stream's clock stood at a time, to tell how fast it runs.
    private var stamps: [String: (time: Double, ticks: Double)] = [:]
    private var clocks: [String: Double] = [:]

    /// Takes what a phone hears of the PBX, or the PBX of a phone.
    mutating func take(_ report: MediaReport) {
        learnClock(report)
        guard let lost = report.lost else { return }
        reports += 1
        channels.insert(report.channel)
        // The share of lost packets comes in 256ths (6.4.1).
        if lost / 256 * 100 > loss.percent { loss = (lost / 256 * 100, report.channel) }
        if let ticks = report.jitter {
            let clock = report.source.flatMap { clocks[$0] } ?? 8000
            jitter = max(jitter, ticks / clock * 1000)
        }
        // 0 means that it is not known yet.
        if let seconds = report.roundTrip, seconds > 0 { roundTrip = max(roundTrip ?? 0, seconds * 1000) }
        if let score = report.experience, score > 0 { experience = min(experience ?? score, score) }
    }

    /// Jitter comes in ticks of the stream's clock: 8 kHz for the codecs of old, 48 kHz for Opus. A sender's reports tell both
    /// its time and its clock, and two of them how fast that runs.
    private mutating func learnClock(_ report: MediaReport) {
        guard let stream = report.stream, let time = report.sentTime, let ticks = report.sentTicks else { return }
        if let before = stamps[stream], time - before.time > 0.1, ticks > before.ticks {
            let speed = (ticks - before.ticks) / (time - before.time)
            clocks[stream] = [8000, 16_000, 24_000, 32_000, 48_000].min { abs($0 - speed) < abs($1 - speed) }
        }
        stamps[stream] = (time, ticks)
    }

    /// The section; nil if nothing was reported.
    var section: HealthReport.Section? {
        guard reports > 0 else { return nil }
        let plain = HealthReport.plain
        var words = ["\(reports) reports of \(channels.count) channels", "worst loss \(plain(loss.percent)) %"]
        if loss.percent > 0 { words[1] += " (\(loss.channel))" }
        words.append("jitter \(plain(jitter)) ms")
        var measures: [HealthReport.Measure] = [
            .init("packet_loss_pct", loss.percent, unit: "%"), .init("jitter_ms", jitter, unit: "ms"),
        ]
        if let roundTrip {
            words.append("round trip \(plain(roundTrip)) ms")
            measures.append(.init("media_rtt_ms", roundTrip, unit: "ms"))
        }
        if let experience {
            words.append("experience \(plain(experience)) of 100")
            measures.append(.init("media_experience", experience))
        }
        return .init("quality", .ok, words.joined(separator: ", "), measures)
    }
}
