import Base
import Reporting
import Services
import Switchboard

/// The wall display: how many are waiting, how long, who is there, and how the day went. No personal data.
struct WallView {
    /// The number of rows that fit on a screen.
    private static let rows = 8

    private struct Row {
        var name: String
        var waiting: Int
        var longest: Duration
        var limit: Int
        var free: Int
        var talking: Int
        var staff: Int
        var day: QueueDay

        /// Whether somebody has been waiting longer than the service level, or is waiting while nobody is there.
        var isBad: Bool { waiting > 0 && (longest > .seconds(limit) || staff == 0) }
    }

    private let states: [PBXState]
    private let rows: [Row]
    private let owed: [CallbackList.Owed]?
    private let now: Moment

    init(_ input: LivePage.Input) {
        let states = input.visibleStates
        self.states = states
        (owed, now) = (input.visibleOwed, input.now)
        rows = states.flatMap { state in
            state.board.queues.map { queue in
                let agents = queue.members.map { AgentState($0) }
                return Row(
                    name: states.count > 1 ? "\(state.name) \(queue.name)" : queue.name,
                    waiting: queue.callers.count,
                    longest: queue.longestWait(at: state.at),
                    limit: queue.serviceLevel > 0 ? queue.serviceLevel : 20,
                    free: agents.count { $0 == .free },
                    talking: agents.count { $0 == .talking || $0 == .busy || $0 == .ringing },
                    staff: agents.count { $0 != .unavailable && $0 != .paused },
                    day: state.day(of: queue.name)
                )
            }
        }.sorted { left, right in
            if left.longest != right.longest { return left.longest > right.longest }
            if left.waiting != right.waiting { return left.waiting > right.waiting }
            return left.name < right.name
        }
    }

    var view: LivePage.View {
        let waiting = rows.reduce(0) { $0 + $1.waiting }
        let longest = rows.map(\.longest).max() ?? .zero
        let title =
            waiting > 0
            ? localized("\(waiting) waiting · \(Piece.duration(Piece.wholeSeconds(longest)))")
            : localized("Nobody is waiting")
        return LivePage.View(
            title: title,
            main: """
                <h1 class="hidden">\(localized("Wall"))</h1>
                \(Piece.problems(states, withReason: false))
                \(tiles(waiting, longest))
                \(table)
                \(footer)
                """
        )
    }

    private func tiles(_ waiting: Int, _ longest: Duration) -> Markup {
        let agents = Self.agents(states)
        let day = rows.map(\.day).reduce(QueueDay(queue: ""), +)
        let isBad = rows.contains(where: \.isBad)
        let hungUp = day.abandonedShort
        let short = hungUp > 0 ? localized("\(hungUp) hung up at once") : ""
        return """
            <dl class="tiles">
            \(Piece.tile(localized("Waiting", context: "number of callers"), "\(waiting)", isBad: isBad))
            \(Piece.tile(localized("Longest wait"), waiting > 0 ? Piece.age(longest) : "–", isBad: isBad))
            \(Piece.tile(localized("Agents free"), "\(agents[.free] ?? 0)", Self.others(agents)))
            \(Piece.tile(localized("Answered"), "\(day.answered)", localized("of \(day.offered)", context: "offered calls")))
            \(Piece.tile(localized("Lost"), "\(day.lost)", short))
            \(callbacks)\
            \(Piece.tile(localized("Service level"), "\(Piece.percent(day.serviceLevelPercent))"))
            </dl>
            """
    }

    /// Today's callers who are waiting for a call; empty if unknown.
    private var callbacks: Markup {
        guard let owed else { return "" }
        let minutes = owed.first.map { Piece.wholeSeconds(now - $0.lostAt) / 60 } ?? 0
        let note =
            owed.isEmpty ? "" : localized("oldest \(Piece.span(minutes: minutes))", context: "caller to call back")
        return "\(Piece.tile(localized("To call back"), "\(owed.count)", note))\n"
    }

    /// Everybody, counted once whatever the number of their queues.
    static func agents(_ states: [PBXState]) -> [AgentState: Int] {
        var counts: [AgentState: Int] = [:]
        for agent in Agent.all(states) { counts[agent.state, default: 0] += 1 }
        return counts
    }

    private static func others(_ agents: [AgentState: Int]) -> String {
        let talking = (agents[.talking] ?? 0) + (agents[.busy] ?? 0) + (agents[.ringing] ?? 0)
        return localized("\(talking) talking · \(agents[.paused] ?? 0) paused")
    }

    private var table: Markup {
        guard !rows.isEmpty else { return "<p class=\"empty\">\(localized("There are no queues to show."))</p>" }
        let lines = rows.prefix(Self.rows).map { row -> Markup in
            let kind: Markup = row.isBad ? " class=\"bad\"" : ""
            let sign: Markup =
                row.isBad ? "<span class=\"sign\" aria-label=\"\(localized("late", context: "caller"))\">▲</span> " : ""
            return """
                <tr\(kind)><th scope="row">\(sign)\(row.name)</th>\
                <td class="n big">\(row.waiting)</td>\
                <td class="n big">\(row.waiting > 0 ? Piece.age(row.longest) : "–")</td>\
                <td class="n">\(row.free)</td><td class="n">\(row.talking)</td>\
                <td class="n">\(row.day.answered)</td><td class="n">\(row.day.lost)</td>\
                <td class="n">\(Piece.percent(row.day.serviceLevelPercent))</td></tr>
                """
        }
        let rest = rows.count - Self.rows
        let others = localized(rest, one: "and \(rest) more queue", other: "and \(rest) more queues")
        let more: Markup = rest > 0 ? "<p class=\"more\">\(others)</p>" : ""
        let heads = [
            localized("Waiting", context: "number of callers"), localized("Longest", context: "wait"),
            localized("Free", context: "number of agents"), localized("Talking", context: "number of agents"),
            localized("Answered"), localized("Lost"), localized("Service level"),
        ].map(Piece.numberHead)
        return """
            <div class="scroll" tabindex="0"><table class="queues\(rows.count <= 4 ? " few" : "" as Markup)">
            <thead><tr>\(Piece.head(localized("Queue")))\(Markup.joined(heads))</tr></thead>
            <tbody>
            \(Markup.joined(lines, "\n"))
            </tbody></table></div>
            \(more)
            """
    }

    /// Since when the figures of a PBX are counted, and since when they are incomplete.
    private static func note(_ state: PBXState) -> String {
        let minutes = Piece.wholeSeconds(state.at - state.todaySince) / 60
        let (hours, rest) = (minutes / 60, minutes % 60)
        var parts = [
            minutes < 1
                ? localized("\(state.name): counted since just now")
                : localized("\(state.name): counted since \(hours) h \(rest) min ago")
        ]
        if state.isReplay { parts.append(localized("a recording")) }
        if let (since, unseen) = Piece.missing(state) {
            parts.append(localized("incomplete since \(since) ago: \(unseen) were not seen"))
        }
        return parts.joined(separator: ", ")
    }

    private var footer: Markup {
        "<p class=\"foot\">\(Markup.joined(states.map { "\(Self.note($0))" }, " · "))</p>"
    }
}
