import Base
import CallRecords

/// A figure of a queue that was another one on the board than it is in the report.
struct DayDifference: Sendable, Equatable {
    /// The queue.
    var queue: String
    /// The report's column.
    var figure: String
    /// On the board, in tenths; nil where nothing was to divide by.
    var live: Int64?
    /// In the report, likewise.
    var loaded: Int64?

    /// The columns of the report that the board has, each with its value on the board.
    static let figures: [(name: String, live: @Sendable (QueueDay) -> Int64?)] = [
        ("offered", { tenths($0.offered) }), ("answered", { tenths($0.answered) }),
        ("abandoned", { tenths($0.abandoned) }), ("abandoned_short", { tenths($0.abandonedShort) }),
        ("otherwise_lost", { tenths($0.otherwiseLost) }), ("in_progress", { tenths($0.inProgress) }),
        ("service_level_pct", { ratio($0.serviceLevelPart, $0.serviceLevelWhole, times: 1000) }),
        ("asa_s", { ratio($0.wait, $0.answered, times: 10) }), ("talk_total_s", { tenths($0.talk) }),
    ]

    /// Columns of the report that the board shows as one figure.
    private static let otherwiseLost = ["timed_out", "exit_key", "exit_empty", "withdrawn", "unserved"]

    /// All of a day, by queue and figure.
    static func all(between day: LiveDay, and lines: [ReportLine]) -> [DayDifference] {
        let live = Dictionary(day.queues.map { (QueueName.key($0.queue), $0) }) { $0 + $1 }
        let loaded = Dictionary(lines.map { (QueueName.key($0.queue), $0) }) { first, _ in first }
        return Set(live.keys).union(loaded.keys).sorted().flatMap { key -> [DayDifference] in
            let name = loaded[key]?.queue ?? live[key]?.queue ?? key
            let day = live[key] ?? QueueDay(queue: name)
            return figures.compactMap { figure in
                let difference = DayDifference(
                    queue: name,
                    figure: figure.name,
                    live: figure.live(day),
                    loaded: value(figure.name, loaded[key])
                )
                return difference.live == difference.loaded ? nil : difference
            }
        }
    }

    private static func value(_ figure: String, _ line: ReportLine?) -> Int64? {
        let isShare = ["service_level_pct", "asa_s"].contains(figure)
        guard let line else { return isShare ? nil : 0 }
        if figure == "otherwise_lost" { return otherwiseLost.reduce(0) { $0 &+ (line.tenths[$1] ?? 0) } }
        return line.tenths[figure] ?? (isShare ? nil : 0)
    }

    private static func tenths(_ value: Int) -> Int64 {
        Int64(clamping: value.multipliedReportingOverflow(by: 10).partialValue)
    }

    /// A quotient, rounded half up as the report rounds it.
    private static func ratio(_ part: Int, _ whole: Int, times factor: Int) -> Int64? {
        guard whole > 0, part >= 0, part < 1 << 40 else { return nil }
        return Int64((part * factor * 2 + whole) / (2 * whole))
    }

    /// What differs and why, as far as is known.
    func sentence(pbx: String, _ day: LiveDay, zone: ZoneTable) -> String {
        let date = CivilTime(secondsSince1970: zone.wall(at: day.begins.wholeSeconds)).date
        let reasons = day.blanks.map { blank in
            "\(blank.cause.words) from \(Self.time(blank.from, zone)) to \(Self.time(blank.to, zone))"
        }
        let shown = reasons.prefix(3).joined(separator: "; ")
        let rest = reasons.count > 3 ? "; and \(reasons.count - 3) other times" : ""
        let reason = reasons.isEmpty ? "No reason is known" : "The reason may be that \(shown)\(rest)"
        return "Queue \(queue) of PBX \(pbx) on \(date): \(figure) was \(Self.text(live)) on the board and is "
            + "\(Self.text(loaded)) in the log. \(reason)."
    }

    private static func time(_ moment: Moment, _ zone: ZoneTable) -> String {
        String(CivilTime(secondsSince1970: zone.wall(at: moment.wholeSeconds)).description.dropFirst(11))
    }

    private static func text(_ tenths: Int64?) -> String {
        guard let tenths else { return "empty" }
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
