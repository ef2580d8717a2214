import Base

/// Turns the rows of the report `lost-calls` into one row for each caller. Does no I/O.
struct LostCallerFold {
    /// A row of the report: one occasion on which a caller was lost.
    struct Loss: Equatable {
        var pbx: String
        /// As `voip.caller_key`.
        var key: String
        var number: String
        var e164: String?
        var contact: CallerNames.Contact?
        var queue: String?
        var outcome = "abandoned"
        /// `open`, `attempted`, `called_back`, `got_through` or `no_number`.
        var status = "open"
        var lostAt: Moment
        var spokenAt: Moment?
        var spokenBy: String?
        var linkedid: String?

        /// Whether it does not count: the caller hung up immediately, or cannot be called.
        var isPassedOver: Bool { outcome == "abandoned_short" || status == "no_number" || key.isEmpty }
        /// Whether nobody has spoken to them since.
        var isUnanswered: Bool { status == "open" || status == "attempted" }
    }

    /// What users did about a caller.
    struct Work: Equatable {
        var claimedBy: String?, claimedAt: Moment?
        var doneBy: String?, doneAt: Moment?, note: String?
    }

    /// The callers: those who must be called first, each group sorted by how long ago they were lost, longest first.
    static func callers(_ losses: [Loss], _ work: [String: Work]) -> [LostCaller] {
        var groups: [String: [Int]] = [:]
        for index in losses.indices where !losses[index].isPassedOver {
            groups[place(losses[index].pbx, losses[index].key), default: []].append(index)
        }
        let callers = groups.map { place, group in
            let own = group.map { losses[$0] }.sorted { ($0.lostAt, $0.queue ?? "") < ($1.lostAt, $1.queue ?? "") }
            return caller(place, own, work[place])
        }
        // A caller is large, and its owner is not put into small letters for every comparison.
        let ranks = callers.map(Rank.init)
        return ranks.indices.sorted { ranks[$0] < ranks[$1] }.map { callers[$0] }
    }

    /// The key of a caller in the work given to ``callers(_:_:)``.
    static func place(_ pbx: String, _ key: String) -> String { "\(pbx)\u{0}\(key)" }

    /// - Parameter losses: At least one, in order of time.
    private static func caller(_ place: String, _ losses: [Loss], _ work: Work?) -> LostCaller {
        let last = losses[losses.count - 1]
        let unanswered = losses.filter(\.isUnanswered)
        let owed = unanswered.filter { $0.lostAt > work?.doneAt ?? .distantPast }
        var caller = LostCaller(
            id: id(place),
            pbx: last.pbx,
            number: last.number,
            e164: last.e164,
            contact: last.contact,
            queue: last.queue,
            queues: Set(losses.compactMap(\.queue)),
            hasCallWithoutQueue: losses.contains { $0.queue == nil },
            lostAt: owed.first?.lostAt ?? last.lostAt,
            lastLostAt: last.lostAt,
            times: losses.count,
            isAttempted: owed.last?.status == "attempted",
            state: !owed.isEmpty ? .open : unanswered.isEmpty ? .reached : .done,
            doneBy: work?.doneBy,
            doneAt: work?.doneAt,
            note: work?.note,
            spokenBy: last.spokenBy,
            spokenAt: last.spokenAt,
            linkedid: last.linkedid,
            key: last.key
        )
        // A claim from before the caller was reached no longer counts.
        if let first = owed.first, let name = work?.claimedBy, let since = work?.claimedAt, since >= first.lostAt {
            (caller.state, caller.claimedBy, caller.claimedAt) = (.claimed, name, since)
        }
        return caller
    }

    /// A caller's position in the list.
    private struct Rank: Comparable {
        let group: Int
        let isOwed: Bool
        let owner: String?
        let lostAt: Moment
        let id: String

        init(_ caller: LostCaller) {
            group =
                switch caller.state {
                case .open: 0
                case .claimed: 1
                case .done: 2
                case .reached: 3
                }
            (isOwed, owner) = (caller.isOwed, caller.contact?.owner?.lowercased())
            (lostAt, id) = (caller.lostAt, caller.id)
        }

        static func < (left: Rank, right: Rank) -> Bool {
            if left.group != right.group { return left.group < right.group }
            if left.isOwed, left.owner != right.owner {
                guard let one = left.owner else { return false }
                guard let other = right.owner else { return true }
                return one < other
            }
            if left.lostAt != right.lostAt { return left.isOwed == (left.lostAt < right.lostAt) }
            return left.id < right.id
        }
    }

    /// FNV-1a, 64 bits: an id for a caller that does not reveal the number.
    static func id(_ place: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in place.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return String(hash, radix: 36)
    }
}
