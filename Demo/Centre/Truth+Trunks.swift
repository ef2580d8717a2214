import Base

extension Centre {
    /// The row of each trunk. A channel is in use from the beginning of its first record to the end of its last: what follows
    /// the last ring of a caller who gives up is in no record.
    func trunkRows() -> [JSON] {
        var uses: [String: [String: Range<Int>]] = [:]
        for leg in legs {
            for channel in [leg.channel.name, leg.far] {
                let trunk = Self.peer(channel)
                // Phones have numbers.
                guard !trunk.allSatisfy(\.isNumber) else { continue }
                let known = uses[trunk]?[channel] ?? leg.start..<leg.end
                uses[trunk, default: [:]][channel] = min(known.lowerBound, leg.start)..<max(known.upperBound, leg.end)
            }
        }
        let ours = Set(calls.filter { $0.direction == .inbound }.map(\.channel.name))
        return uses.map { trunk, channels in
            let spans = Array(channels.values)
            let inbound = channels.keys.count { ours.contains($0) }
            let busiest = busiestHour(spans)
            let most = atOnce(spans)
            return .object([
                ("trunk", .string("PJSIP/\(trunk)")), ("timezone", .string(BerlinClock.zone)),
                ("calls", .integer(spans.count)), ("inbound", .integer(inbound)),
                ("outbound", .integer(spans.count - inbound)),
                ("used_s", .integer(spans.map(\.count).reduce(0, +))), ("calls_max", .integer(most.max)),
                ("calls_p95", .integer(most.p95)), ("busy_hour", .string(BerlinClock.iso8601(busiest.hour))),
                ("busy_hour_s", .integer(busiest.seconds)), ("busy_erlangs", Tenths.quotient(busiest.seconds, 3600)),
                ("lines_1pct", .integer(Self.lines(busiest.seconds, blocking: 0.01))),
                ("lines_01pct", .integer(Self.lines(busiest.seconds, blocking: 0.001))), ("pbx", "main"),
            ])
        }
    }

    /// `mobile-gw` of `PJSIP/mobile-gw-0000000b`.
    private static func peer(_ channel: String) -> String {
        String(channel.dropFirst("PJSIP/".count).dropLast("-0000000b".count))
    }

    private func busiestHour(_ spans: [Range<Int>]) -> (hour: Int, seconds: Int) {
        var used: [Int: Int] = [:]
        for span in spans {
            for hour in span.lowerBound / 3600...span.upperBound / 3600 {
                used[hour * 3600, default: 0] += span.clamped(to: hour * 3600..<(hour + 1) * 3600).count
            }
        }
        let most = used.max { ($0.value, -$0.key) < ($1.value, -$1.key) }
        return (most?.key ?? 0, most?.value ?? 0)
    }

    /// The most at once, and how many there were at most in 95 % of the time with any.
    private func atOnce(_ spans: [Range<Int>]) -> (max: Int, p95: Int) {
        let steps = (spans.map { ($0.lowerBound, 1) } + spans.map { ($0.upperBound, -1) }).sorted { $0 < $1 }
        var seconds: [Int: Int] = [:]
        var (now, most, last) = (0, 0, 0)
        for (at, step) in steps {
            if now > 0 { seconds[now, default: 0] += at - last }
            (now, last) = (now + step, at)
            most = max(most, now)
        }
        let all = seconds.values.reduce(0, +)
        var sum = 0
        for count in seconds.keys.sorted() {
            sum += seconds[count] ?? 0
            if sum * 100 >= all * 95 { return (most, count) }
        }
        return (most, most)
    }

    /// The fewest lines with which Erlang B blocks no larger share.
    private static func lines(_ seconds: Int, blocking: Double) -> Int {
        let erlangs = Double(seconds) / 3600
        var (lines, blocked) = (0, 1.0)
        while blocked > blocking {
            lines += 1
            blocked = erlangs * blocked / (Double(lines) + erlangs * blocked)
        }
        return lines
    }
}
