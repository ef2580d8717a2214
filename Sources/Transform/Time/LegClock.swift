public import CallRecords

/// Tells the instants of a leg from what the clock on the PBX's wall showed.
public struct LegClock: Sendable {
    /// The zone that the source writes its times in.
    public let zone: ZoneTable

    /// The clock of a source that writes its times in this zone.
    public init(zone: ZoneTable) { self.zone = zone }

    /// The instants of a leg.
    ///
    /// A repeated hour is resolved by the epoch in the uniqueid, and answer and end by the lengths: they follow the start
    /// by `duration - billsec` and `duration` seconds. Where the source has neither, these lengths give them.
    public func times(_ header: CDRHeader) -> LegTimes? {
        guard let start = instant(header.start, notBefore: header.uniqueid?.created?.epoch) else { return nil }
        let expectedEnd = start + Int64(header.duration ?? 0)
        let expectedAnswer = expectedEnd - Int64(header.billsec ?? 0)
        let end = instant(header.end, nearest: expectedEnd)
        let answer = instant(header.answer, nearest: expectedAnswer)
        // A source with an end column says by an empty answer that nobody answered.
        let isDerived = end == nil
        let derivedAnswer = isDerived && header.isAnswered ? expectedAnswer : nil
        return LegTimes(start: start, answer: answer ?? derivedAnswer, end: end ?? expectedEnd, isDerived: isDerived)
    }

    /// The instant of any other event of the source, such as a line of a queue_log table.
    public func instant(_ time: RawTime, notBefore epoch: Int64?) -> Int64? {
        switch time {
        case .none: nil
        case .instant(let instant): instant
        case .wall(let wall): zone.resolve(wall: wall).instant(notBefore: epoch)
        }
    }

    private func instant(_ time: RawTime, nearest expected: Int64) -> Int64? {
        switch time {
        case .none: nil
        case .instant(let instant): instant
        case .wall(let wall): zone.resolve(wall: wall).instant(nearest: expected)
        }
    }
}
