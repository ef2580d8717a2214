/// A time zone: the past, present and, by its rule, future offsets from UTC.
///
/// Read from a TZif file of the system's tz database (RFC 8536), so that an `apt upgrade` of tzdata is enough when a
/// parliament changes the clocks; ``ZoneFiles`` finds the file.
public struct ZoneTable: Sendable {
    /// The IANA name, such as `Europe/Moscow`.
    public let name: String
    /// Instants, in seconds since 1970, at which `offsets[i + 1]` begins. Invariant: ascending, `offsets.count == transitions.count + 1`.
    let transitions: [Int64]
    /// Seconds east of UTC.
    let offsets: [Int64]
    /// The rule for all instants after the last transition; `nil` if the last offset remains in force.
    let rule: PosixZoneRule?

    /// A zone with one offset, in seconds east of UTC.
    public init(name: String, fixedOffset: Int64) {
        self.name = name
        transitions = []
        offsets = [fixedOffset]
        rule = nil
    }

    /// Coordinated Universal Time.
    public static let utc = ZoneTable(name: "UTC", fixedOffset: 0)

    init(name: String, transitions: [Int64], offsets: [Int64], rule: PosixZoneRule?) {
        self.name = name
        self.transitions = transitions
        self.offsets = offsets
        self.rule = rule
    }

    /// Seconds east of UTC at an instant.
    public func offset(at instant: Int64) -> Int64 {
        if let last = transitions.last, instant < last {
            return offsets[transitions.partitioningIndex { $0 > instant }]
        }
        return rule?.offset(at: instant) ?? offsets[offsets.count - 1]
    }

    /// What a wall clock shows at an instant, as seconds since 1970 on that clock.
    public func wall(at instant: Int64) -> Int64 { instant + offset(at: instant) }

    /// The instants at which a wall clock showed this time: one; two when the clock was set back; none when it was set
    /// forward.
    public func resolve(wall: Int64) -> LocalTimeResolution {
        // Every offset in force within a day and a half of the wall time is a candidate; no zone changes twice in that time
        // without the change being visible from one of the two sides.
        let before = offset(at: wall - 129_600)
        let after = offset(at: wall + 129_600)
        let first = wall - before
        if before == after, offset(at: first) == before { return .unique(first) }
        let second = wall - after
        let firstHolds = offset(at: first) == before
        let secondHolds = offset(at: second) == after
        switch (firstHolds, secondHolds) {
        case (true, true) where first != second: return .fold(earlier: min(first, second), later: max(first, second))
        case (true, _): return .unique(first)
        case (false, true): return .unique(second)
        case (false, false): return .gap(before: first, after: second)
        }
    }
}

/// The instants that a wall time can mean.
public enum LocalTimeResolution: Hashable, Sendable {
    /// Exactly one.
    case unique(Int64)
    /// The clock was set back and showed the time twice.
    case fold(earlier: Int64, later: Int64)
    /// The clock was set forward and never showed the time: its instants by the offsets before and after the change.
    case gap(before: Int64, after: Int64)

    /// The instant that is consistent with the channel having been created at `epoch`.
    ///
    /// A leg cannot begin before its channel exists. Of a repeated hour, the earlier instant is taken unless it lies
    /// before the channel's creation; of a skipped hour, the nearer one. Without an epoch: the earlier one, and the
    /// offset before the change.
    public func instant(notBefore epoch: Int64?) -> Int64 {
        switch self {
        case .unique(let instant): return instant
        case .fold(let earlier, let later):
            guard let epoch else { return earlier }
            // One second of slack: the uniqueid's epoch and the CDR's start are two readings of the clock.
            return earlier >= epoch - 1 ? earlier : later
        case .gap(let before, let after):
            guard let epoch else { return before }
            return abs(before - epoch) <= abs(after - epoch) ? before : after
        }
    }

    /// The instant nearest to an expected one.
    public func instant(nearest expected: Int64) -> Int64 {
        switch self {
        case .unique(let instant): instant
        case .fold(let one, let other), .gap(let one, let other):
            abs(one - expected) <= abs(other - expected) ? one : other
        }
    }
}

extension Array where Element == Int64 {
    /// The index of the first element for which `isAbove` is true; the elements must be sorted by it.
    func partitioningIndex(_ isAbove: (Int64) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isAbove(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension ZoneTable {
    /// The instant as ISO 8601 with the offset in force at that time: `2026-11-22T23:17:09+03:00`.
    public func iso8601(_ instant: Int64) -> String {
        let offset = offset(at: instant)
        return CivilTime(secondsSince1970: instant + offset).iso8601(offset: offset)
    }

    /// The moment as ISO 8601, cut to the second, with the offset then in force.
    public func iso8601(_ moment: Moment) -> String { iso8601(moment.wholeSeconds) }
}
