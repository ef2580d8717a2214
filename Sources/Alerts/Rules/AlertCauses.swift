import Base

/// Why callers may have to wait: what is known about agents and lines.
struct AlertCauses {
    let pbx: AlertSnapshot.PBX
    let now: Moment
    /// A phone that rang in vain less often is not worth a sentence.
    private static let fewest = 2

    /// The causes for a queue, one sentence each.
    func of(_ queue: AlertSnapshot.Queue) -> [String] {
        ([staff(queue.members)].compactMap { $0 } + unanswered(queue.members) + lines).map { sentence in
            sentence.prefix(1).uppercased() + sentence.dropFirst()
        }
    }

    private func staff(_ members: [AlertSnapshot.Member]) -> String? {
        guard !members.isEmpty else { return localized("The queue has no members.") }
        let present = members.filter(\.isLoggedIn)
        guard !present.isEmpty else { return localized("No agent is logged in.") }
        let paused = present.filter(\.isPaused)
        guard !paused.isEmpty else {
            if present.contains(where: \.isFree) { return nil }
            return present.count == 1
                ? localized("The only agent who is logged in is busy.")
                : localized("All \(present.count) agents who are logged in are busy.")
        }
        var reasons: [String: Int] = [:]
        for member in paused where !member.pauseReason.isEmpty { reasons[member.pauseReason, default: 0] += 1 }
        let listed = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(3)
            .map { localized("\($0.value) for \($0.key)", context: "agents paused for a reason") }
        return Self.paused(paused.count, of: present.count, listed.joined(separator: ", "))
    }

    private static func paused(_ count: Int, of all: Int, _ reasons: String) -> String {
        if all == 1 {
            return reasons.isEmpty
                ? localized("The only agent is paused.") : localized("The only agent is paused (\(reasons)).")
        }
        if reasons.isEmpty {
            return localized(
                count,
                one: "\(count) of \(all) agents is paused.",
                other: "\(count) of \(all) agents are paused."
            )
        }
        return localized(
            count,
            one: "\(count) of \(all) agents is paused (\(reasons)).",
            other: "\(count) of \(all) agents are paused (\(reasons))."
        )
    }

    private func unanswered(_ members: [AlertSnapshot.Member]) -> [String] {
        let names = Set(members.map(\.name))
        let rows = pbx.unanswered.filter { names.contains($0.key) && $0.value >= Self.fewest }
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return rows.prefix(3).map { name, count in
            localized(
                count,
                one: "\(name) did not answer \(count) time in a row.",
                other: "\(name) did not answer \(count) times in a row."
            )
        }
    }

    /// Trunks that do not work.
    var lines: [String] {
        (pbx.faults ?? []).filter { $0.kind == .trunk }.sorted { ($0.since, $0.name) < ($1.since, $1.name) }.prefix(3)
            .map { localized("Trunk \($0.name) has not been registered since \(clock($0.since)).") }
    }

    /// The time on the PBX's clock, with the day unless it is today.
    func clock(_ moment: Moment) -> String {
        let time = CivilTime(secondsSince1970: pbx.zone.wall(at: moment.wholeSeconds))
        let today = CivilTime(secondsSince1970: pbx.zone.wall(at: now.wholeSeconds)).date
        let clock = "\(time.hour.padded(2)):\(time.minute.padded(2))"
        return time.date == today ? clock : "\(DayText.of(time.date)) \(clock)"
    }
}
