import Base
import Configuration
import Reporting
import Services
import Switchboard

/// The wallboard as lines, independent of any screen.
struct BoardView {
    /// The order of members.
    enum Order: String, CaseIterable {
        case state, name, calls

        var next: Order {
            switch self {
            case .state: .name
            case .name: .calls
            case .calls: .state
            }
        }

        var shown: String {
            switch self {
            case .state: localized("state", context: "board")
            case .name: localized("name", context: "board")
            case .calls: localized("calls", context: "board")
            }
        }
    }

    /// The waits at which a caller is shown in yellow and in red.
    var thresholds: (warning: NagiosRange, critical: NagiosRange)?
    var order = Order.state
    /// The known names of callers.
    var names = CallerNames()
    private let style: Style

    init(style: Style, thresholds: (NagiosRange, NagiosRange)?) {
        self.style = style
        self.thresholds = thresholds.map { (warning: $0.0, critical: $0.1) }
    }

    /// Exactly as many lines as the screen has, none of them wider than the screen.
    func lines(
        _ board: QueueBoard,
        staleSince: Moment?,
        at now: Moment,
        size: (width: Int, height: Int)
    ) -> [String] {
        var lines = [head(staleSince, now, size.width)]
        for queue in board.queues { lines += block(queue, now, size.width) }
        let lost = board.lost.suffix(5).reversed().map { abandoned($0, now, size.width) }
        if !lost.isEmpty {
            lines += ["", style.bold(fitted(localized("GAVE UP", context: "board"), size.width))] + lost
        }
        if lines.count > size.height {
            let hidden = lines.count - size.height + 1
            let rest = localized("… \(hidden) more lines", context: "board")
            lines = Array(lines.prefix(max(1, size.height - 1))) + [style.dim(fitted(rest, size.width))]
        }
        return Array((lines + Array(repeating: "", count: max(0, size.height - lines.count))).prefix(size.height))
    }

    private func head(_ staleSince: Moment?, _ now: Moment, _ width: Int) -> String {
        if let staleSince {
            let time = LiveText.clock(now - staleSince)
            return style.red(fitted(localized("DISCONNECTED \(time) – data is stale", context: "board"), width))
        }
        let time = WallClockText.time(now)
        return style.dim(fitted(localized("\(time) UTC   q quit   s sort (\(order.shown))", context: "board"), width))
    }

    private func block(_ queue: QueueBoard.Queue, _ now: Moment, _ width: Int) -> [String] {
        let share = queue.completed > 0 ? "\(Int(queue.serviceLevelPerf.rounded()))%" : "-"
        let longest = LiveText.clock(queue.longestWait(at: now))
        let figures = [
            queue.name, localized("waiting \(queue.callers.count)", context: "board"),
            localized("longest \(longest)", context: "board"),
            localized("free \(queue.freeMembers)/\(queue.members.count)", context: "board"),
            localized("level \(share) in \(queue.serviceLevel)s", context: "board"),
            localized("done \(queue.completed)", context: "board"),
            localized("lost \(queue.abandoned)", context: "board"),
        ].joined(separator: "  ")
        var lines = ["", style.bold(fitted(figures, width))]
        for caller in queue.callers.sorted(by: { $0.since < $1.since }) {
            let wait = now - caller.since
            let text =
                "  \(caller.position). \(padded(LiveText.clock(wait), 8)) \(party(caller))"
            lines.append(coloured(fitted(text, width), wait))
        }
        return lines + members(queue.members, now, width)
    }

    private func members(_ members: [QueueBoard.Member], _ now: Moment, _ width: Int) -> [String] {
        let widest = max(12, members.map { DisplayWidth.of(QueueTable.state($0)) }.max() ?? 0)
        return sorted(members).map { member in
            let state = QueueTable.state(member)
            let reason = member.isPaused && !member.pausedReason.isEmpty ? " (\(member.pausedReason))" : ""
            let name = padded(DisplayWidth.cut(member.name, to: 18), 18)
            let text =
                "  \(name) \(padded(state, widest)) \(padded(LiveText.clock(now - member.since), 9)) \(padded("\(member.callsTaken)", 4))\(reason)"
            let line = fitted(text, width)
            return member.isFree ? style.green(line) : member.isLoggedIn ? line : style.dim(line)
        }
    }

    /// Stable: members of equal rank stay in the PBX's order.
    private func sorted(_ members: [QueueBoard.Member]) -> [QueueBoard.Member] {
        members.enumerated().sorted { first, second in
            let (a, b) = (first.element, second.element)
            switch order {
            case .name: return (a.name, first.offset) < (b.name, second.offset)
            case .calls: return (-a.callsTaken, first.offset) < (-b.callsTaken, second.offset)
            case .state: return (rank(a), first.offset) < (rank(b), second.offset)
            }
        }.map(\.element)
    }

    private func rank(_ member: QueueBoard.Member) -> Int {
        member.isInCall
            ? 0 : member.status == .ringing ? 1 : member.isFree ? 2 : member.isPaused ? 3 : member.isLoggedIn ? 4 : 5
    }

    private func abandoned(_ lost: QueueBoard.Abandoned, _ now: Moment, _ width: Int) -> String {
        let who = party(lost.caller)
        let wait = LiveText.clock(lost.at - lost.caller.since)
        let age = LiveText.clock(now - lost.at)
        let text = localized("\(age) ago  \(lost.queue)  waited \(wait)  \(who)", context: "board")
        return fitted("  \(text)", width)
    }

    /// The contact's name if there is one, otherwise what the trunk presents.
    private func party(_ caller: QueueBoard.Caller) -> String {
        LiveText.party(caller.number, names.name(of: caller.number) ?? caller.name)
    }

    private func coloured(_ line: String, _ wait: Duration) -> String {
        guard let thresholds else { return line }
        let wait = wait.inSeconds
        if thresholds.critical.alarms(wait) { return style.red(line) }
        return thresholds.warning.alarms(wait) ? style.yellow(line) : line
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
    }

    private func fitted(_ text: String, _ width: Int) -> String {
        DisplayWidth.cut(PrintableText.of(text), to: width)
    }
}
