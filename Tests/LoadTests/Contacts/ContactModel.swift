import Base
import CallRecords
import TestSupport

/// The expected result of a sync, computed the slow and obvious way.
struct ContactModel {
    struct Identity: Hashable {
        var kind: String
        var id: Int
    }

    /// A row of `voip.contact`, without its `contact_id`.
    struct Row: Hashable {
        var source: String
        var identity: Identity
        var name: String
        var owner: String?
        var updatedAt: Int64?
    }

    /// A row of `voip.contact_number`; its place is its position in the list.
    struct Link: Hashable {
        var identity: Identity
        var priority: Int16
    }

    var contacts: [Identity: Row] = [:]
    var numbers: [String: [Link]] = [:]

    init() {}

    init(_ records: [ContactRecord], source: String) {
        var best: [String: [Identity: (priority: Int16, updatedAt: Int64)]] = [:]
        for record in records {
            let identity = Identity(kind: record.kind.rawValue, id: Int(record.id) ?? -1)
            let row = Row(
                source: source,
                identity: identity,
                name: record.name,
                owner: record.owner,
                updatedAt: record.updatedAt?.wholeSeconds
            )
            if contacts[identity].map({ Self.isBetter(row, $0) }) ?? true { contacts[identity] = row }
            for phone in record.phones {
                let version = (phone.priority, record.updatedAt?.wholeSeconds ?? 0)
                let known = best[phone.text]?[identity]
                // The better priority, then the later version.
                if known.map({ (version.0, -version.1) < ($0.priority, -$0.updatedAt) }) ?? true {
                    best[phone.text, default: [:]][identity] = version
                }
            }
        }
        for (number, candidates) in best {
            let ordered = candidates.sorted { left, right in
                let (a, b) = (left.value, right.value)
                let ranks = (Self.rank(left.key.kind), Self.rank(right.key.kind))
                if a.priority / 100 != b.priority / 100 { return a.priority < b.priority }
                if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
                if a.priority != b.priority { return a.priority < b.priority }
                if a.updatedAt != b.updatedAt { return a.updatedAt > b.updatedAt }
                return left.key.id < right.key.id
            }
            numbers[number] = ordered.map { Link(identity: $0.key, priority: $0.value.priority) }
        }
    }

    private static func rank(_ kind: String) -> Int {
        ["contact", "lead", "company", "deal", "user"].firstIndex(of: kind) ?? 9
    }

    /// Of two rows for a contact, the later one counts, then the lower name, then the lower owner, with no owner last.
    private static func isBetter(_ left: Row, _ right: Row) -> Bool {
        let dates = (left.updatedAt ?? 0, right.updatedAt ?? 0)
        if dates.0 != dates.1 { return dates.0 > dates.1 }
        return (left.name, left.owner ?? "~") < (right.name, right.owner ?? "~")
    }

    /// How a number's calls are linked.
    func link(_ number: String) -> String {
        guard let links = numbers[number], let first = links.first else { return "unmatched" }
        return "\(links.count == 1 ? "matched" : "ambiguous") \(first.identity.kind) \(first.identity.id)"
    }
}
