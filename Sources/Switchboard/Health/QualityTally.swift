import Base

/// Keeps the worst values that phones and the PBX report about each other's media (RTCP, RFC 3550). The absence of
/// reports is not a good report.
package struct QualityTally {
    /// Reports with figures.
    private var reports = 0
    private var channels: Set<String> = []
    private var loss = (percent: 0.0, channel: "")
    private var jitter = 0.0
    private var roundTrip: Duration?
    private var experience: Double?
    /// The state of a stream's clock at a time, from which the clock's rate is learned.
    private var stamps: [String: (time: Duration, ticks: Double)] = [:]
    private var clocks: [String: Double] = [:]

    /// No reports yet.
    package init() {}

    /// Takes a report of a phone about the PBX's media, or of the PBX about a phone's.
    package mutating func take(_ report: MediaReport) {
        learnClock(report)
        guard let lost = report.lost else { return }
        reports += 1
        channels.insert(report.channel)
        // The share of lost packets is given in 256ths (6.4.1).
        if lost / 256 * 100 > loss.percent { loss = (lost / 256 * 100, report.channel) }
        if let ticks = report.jitter {
            let clock = report.source.flatMap { clocks[$0] } ?? 8000
            jitter = max(jitter, ticks / clock * 1000)
        }
        // 0 means not known yet.
        if let time = report.roundTrip, time > .zero { roundTrip = max(roundTrip ?? .zero, time) }
        if let score = report.experience, score > 0 { experience = min(experience ?? score, score) }
    }

    /// Jitter is reported in ticks of the stream's clock: 8 kHz for older codecs, 48 kHz for Opus. A sender reports
    /// both its time and its ticks, so two reports reveal the rate of its clock.
    private mutating func learnClock(_ report: MediaReport) {
        guard let stream = report.stream, let time = report.sentTime, let ticks = report.sentTicks else { return }
        if let before = stamps[stream], time - before.time > .milliseconds(100), ticks > before.ticks {
            let speed = (ticks - before.ticks) / (time - before.time).inSeconds
            clocks[stream] = [8000, 16_000, 24_000, 32_000, 48_000].min { abs($0 - speed) < abs($1 - speed) }
        }
        stamps[stream] = (time, ticks)
    }

    /// The section of the report; nil if nothing was reported.
    package var section: HealthReport.Section? {
        guard reports > 0 else { return nil }
        let plain = HealthReport.plain
        var words = ["\(reports) reports of \(channels.count) channels", "worst loss \(plain(loss.percent)) %"]
        if loss.percent > 0 { words[1] += " (\(loss.channel))" }
        words.append("jitter \(plain(jitter)) ms")
        var measures: [HealthReport.Measure] = [
            .init("packet_loss_pct", loss.percent, unit: "%"), .init("jitter_ms", jitter, unit: "ms"),
        ]
        if let milliseconds = roundTrip.map({ $0.inSeconds * 1000 }) {
            words.append("round trip \(plain(milliseconds)) ms")
            measures.append(.init("media_rtt_ms", milliseconds, unit: "ms"))
        }
        if let experience {
            words.append("experience \(plain(experience)) of 100")
            measures.append(.init("media_experience", experience))
        }
        return .init("quality", .ok, words.joined(separator: ", "), measures)
    }
}
