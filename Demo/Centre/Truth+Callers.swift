import Base

extension Centre {
    private var inbound: [Call] { calls.filter { $0.direction == .inbound && $0.person != nil } }

    /// The row of each caller who called twice or more.
    func repeatCallerRows() -> [JSON] {
        Dictionary(grouping: inbound) { $0.person?.number ?? 0 }.values.compactMap { unordered in
            let calls = unordered.sorted { $0.begin < $1.begin }
            guard calls.count > 1, let first = calls.first, let last = calls.last, let person = last.person else {
                return nil
            }
            let answered = calls.count { $0.disposition == .answered }
            func text(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
            return .object([
                ("caller", .string(last.caller)), ("caller_e164", .string(person.e164)),
                ("contact_kind", text(person.contact?.kind)), ("contact_id", text(person.contact?.id)),
                ("contact_name", text(person.contact?.name)), ("owner", text(person.contact?.owner)),
                ("calls", .integer(calls.count)), ("answered", .integer(answered)),
                ("lost", .integer(calls.count - answered)),
                ("days", .integer(Set(calls.map { BerlinClock.day($0.begin).daysSinceEpoch }).count)),
                ("first_call_at", .string(BerlinClock.iso8601(first.begin))),
                ("last_call_at", .string(BerlinClock.iso8601(last.begin))), ("timezone", .string(BerlinClock.zone)),
                ("pbx", "main"),
            ])
        }
    }

    /// The row of each queue in a period: how often one answered call was enough for seven days.
    func firstContactRows(_ period: Period) -> [JSON] {
        let times = Dictionary(grouping: inbound) { $0.person?.number ?? 0 }.mapValues { $0.map(\.begin) }
        let queues = Dictionary(grouping: visits) { $0.call }.mapValues {
            $0.min { $0.entered < $1.entered }?.queue.name
        }
        let known = legs.map(\.end).max() ?? 0
        let contacts = inbound.filter { $0.disposition == .answered && period.contains($0.begin) }
        return Dictionary(grouping: contacts) { queues[$0.number] ?? nil }.map { queue, calls in
            var (resolved, repeated) = (0, 0)
            for call in calls {
                let limit = Self.weekLater(call.begin)
                let others = times[call.person?.number ?? 0] ?? []
                if others.contains(where: { $0 > call.begin && $0 <= limit }) {
                    repeated += 1
                } else if limit <= known {
                    resolved += 1
                }
            }
            return .object(
                period.columns + [
                    ("queue", queue.map { .string($0) } ?? .null), ("contacts", .integer(calls.count)),
                    ("resolved", .integer(resolved)), ("repeated", .integer(repeated)),
                    ("undecided", .integer(calls.count - resolved - repeated)),
                    ("fcr_pct", Tenths.percent(resolved, of: resolved + repeated)), ("within_days", 7), ("pbx", "main"),
                ]
            )
        }
    }

    /// The same time on the clock on the wall, seven days later.
    private static func weekLater(_ second: Int) -> Int {
        let week = second + 7 * 86_400
        return week + BerlinClock.offset(at: second) - BerlinClock.offset(at: week)
    }
}
