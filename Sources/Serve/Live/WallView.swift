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
            waiting > 0 ? "\(waiting) waiting · \(Piece.duration(Piece.wholeSeconds(longest)))" : "Nobody is waiting"
        return LivePage.View(
            title: title,
            main: """
                <h1 class="hidden">Wall</h1>
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
        return """
            <dl class="tiles">
            \(Piece.tile("Waiting", "\(waiting)", isBad: isBad))
            \(Piece.tile("Longest wait", waiting > 0 ? Piece.age(longest) : "–", isBad: isBad))
            \(Piece.tile("Agents free", "\(agents[.free] ?? 0)", Self.others(agents)))
            \(Piece.tile("Answered", "\(day.answered)", "of \(day.offered)"))
            \(Piece.tile("Lost", "\(day.lost)", day.abandonedShort > 0 ? "\(day.abandonedShort) hung up at once" : ""))
            \(callbacks)\
            \(Piece.tile("Service level", "\(Piece.percent(day.serviceLevelPercent))"))
            </dl>
            """
    }

    /// Today's callers who are waiting for a call; empty if unknown.
    private var callbacks: Markup {
        guard let owed else { return "" }
        let minutes = owed.first.map { Piece.wholeSeconds(now - $0.lostAt) / 60 } ?? 0
        let age = minutes < 60 ? "\(minutes) min" : "\(minutes / 60) h \(minutes % 60) min"
        let note = owed.isEmpty ? "" : "oldest \(age)"
        return "\(Piece.tile("To call back", "\(owed.count)", note))\n"
    }

    /// Everybody, counted once whatever the number of their queues.
    static func agents(_ states: [PBXState]) -> [AgentState: Int] {
        var counts: [AgentState: Int] = [:]
        for agent in Agent.all(states) { counts[agent.state, default: 0] += 1 }
        return counts
    }

    private static func others(_ agents: [AgentState: Int]) -> String {
        let talking = (agents[.talking] ?? 0) + (agents[.busy] ?? 0) + (agents[.ringing] ?? 0)
        return "\(talking) talking · \(agents[.paused] ?? 0) paused"
    }

    private var table: Markup {
        guard !rows.isEmpty else { return "<p class=\"empty\">There are no queues to show.</p>" }
        let lines = rows.prefix(Self.rows).map { row -> Markup in
            let kind: Markup = row.isBad ? " class=\"bad\"" : ""
            let sign: Markup = row.isBad ? "<span class=\"sign\" aria-label=\"late\">▲</span> " : ""
            return """
                <tr\(kind)><th scope="row">\(sign)\(row.name)</th>\
                <td class="n big">\(row.waiting)</td>\
                <td class="n big">\(row.waiting > 0 ? Piece.age(row.longest) : "–")</td>\
                <td class="n">\(row.free)</td><td class="n">\(row.talking)</td>\
                <td class="n">\(row.day.answered)</td><td class="n">\(row.day.lost)</td>\
                <td class="n">\(Piece.percent(row.day.serviceLevelPercent))</td></tr>
                """
        }
        let more: Markup =
            rows.count > Self.rows ? "<p class=\"more\">and \(rows.count - Self.rows) more queues</p>" : ""
        return """
            <div class="scroll" tabindex="0"><table class="queues\(rows.count <= 4 ? " few" : "" as Markup)">
            <thead><tr><th scope="col">Queue</th><th scope="col" class="n">Waiting</th>\
            <th scope="col" class="n">Longest</th><th scope="col" class="n">Free</th>\
            <th scope="col" class="n">Talking</th><th scope="col" class="n">Answered</th>\
            <th scope="col" class="n">Lost</th><th scope="col" class="n">Service level</th></tr></thead>
            <tbody>
            \(Markup.joined(lines, "\n"))
            </tbody></table></div>
            \(more)
            """
    }

    /// Since when today's figures are incomplete.
    private static func missing(_ state: PBXState) -> String { Piece.missing(state).map { ", \($0)" } ?? "" }

    private var footer: Markup {
        let parts = states.map { state -> Markup in
            let minutes = Piece.wholeSeconds(state.at - state.todaySince) / 60
            let since = minutes < 1 ? "just now" : "\(minutes / 60) h \(minutes % 60) min ago"
            return "\(state.name): counted since \(since)\(state.isReplay ? ", a recording" : "")\(Self.missing(state))"
        }
        return "<p class=\"foot\">\(Markup.joined(parts, " · "))</p>"
    }
}
