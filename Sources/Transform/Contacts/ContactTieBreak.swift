import CallRecords

/// What decides between contacts that share a number. The first rule that distinguishes two contacts decides; the order
/// does not depend on the order of the input.
public enum ContactTieBreak: Int, CaseIterable, Hashable, Sendable {
    /// The hundreds of the phone's priority: active before disqualified.
    case standing
    /// contact, lead, company, other, user.
    case kind
    /// The rest of the phone's priority: a main number before a second one.
    case phonePriority
    /// The most recently updated; contacts without a date come last.
    case updatedAt
    /// The lowest id; compared as numbers if both are numbers, which come before texts.
    case id

    /// What the rule prefers, for a person.
    public var explanation: String {
        switch self {
        case .standing: "an active contact is preferred to a disqualified one"
        case .kind: "a contact is preferred to a lead, a lead to a company, a company to others"
        case .phonePriority: "a contact's main number is preferred to its other numbers"
        case .updatedAt: "the most recently updated is preferred"
        case .id: "nothing else tells them apart, so the lowest id is taken"
        }
    }
}

extension ContactTable {
    /// A number's link to a contact, as the ordering sees it.
    struct Link: Sendable {
        var contact: UInt32
        var priority: Int16
    }

    /// The first rule that distinguishes two links, and whether it prefers the left one; `nil` if they are equal.
    func decision(_ left: Link, _ right: Link) -> (rule: ContactTieBreak, prefersLeft: Bool)? {
        let (leftRow, rightRow) = (rows[Int(left.contact)], rows[Int(right.contact)])
        if left.priority / 100 != right.priority / 100 { return (.standing, left.priority < right.priority) }
        let ranks = (kinds[Int(leftRow.kind)].rank, kinds[Int(rightRow.kind)].rank)
        if ranks.0 != ranks.1 { return (.kind, ranks.0 < ranks.1) }
        if left.priority != right.priority { return (.phonePriority, left.priority < right.priority) }
        if leftRow.updatedAt != rightRow.updatedAt { return (.updatedAt, leftRow.updatedAt > rightRow.updatedAt) }
        let order = identityOrder(leftRow, rightRow)
        if order != 0 { return (.id, order < 0) }
        // Two versions of the same contact; any fixed order will do.
        let names = withName(leftRow) { left in withName(rightRow) { right in Self.compare(left, right) } }
        return names == 0 ? nil : (.id, names < 0)
    }

    /// Negative if the left id comes first, 0 if kind and id are the same.
    func identityOrder(_ left: Row, _ right: Row) -> Int {
        let ids = withID(left) { left in withID(right) { right in Self.compareIDs(left, right) } }
        if ids != 0 || left.kind == right.kind { return ids }
        let names = (kinds[Int(left.kind)].rawValue, kinds[Int(right.kind)].rawValue)
        return names.0 < names.1 ? -1 : 1
    }

    /// Digits by value, shorter first if they differ only in leading zeros; digits before texts; texts by bytes.
    static func compareIDs(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
        func isNumber(_ id: UnsafeBufferPointer<UInt8>) -> Bool { !id.isEmpty && id.allSatisfy { 48...57 ~= $0 } }
        switch (isNumber(left), isNumber(right)) {
        case (true, false): return -1
        case (false, true): return 1
        case (false, false): return compare(left, right)
        case (true, true):
            let values = (left.drop { $0 == 48 }, right.drop { $0 == 48 })
            if values.0.count != values.1.count { return values.0.count - values.1.count }
            let byValue = compare(UnsafeBufferPointer(rebasing: values.0), UnsafeBufferPointer(rebasing: values.1))
            return byValue != 0 ? byValue : left.count - right.count
        }
    }

    static func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
        for (a, b) in zip(left, right) where a != b { return Int(a) - Int(b) }
        return left.count - right.count
    }
}
