public import Base
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
        guard let start = moment(header.start, notBefore: header.uniqueid?.parsed) else { return nil }
        let expectedEnd = start.adding(seconds: Int64(header.duration ?? 0))
        let expectedAnswer = expectedEnd.adding(seconds: -Int64(header.billsec ?? 0))
        let end = moment(header.end, nearest: expectedEnd)
        let answer = moment(header.answer, nearest: expectedAnswer)
        // A source with an end column says by an empty answer that nobody answered.
        let isDerived = end == nil
        let derivedAnswer = isDerived && header.isAnswered ? expectedAnswer : nil
        return LegTimes(start: start, answer: answer ?? derivedAnswer, end: end ?? expectedEnd, isDerived: isDerived)
    }

    /// The moment of any other event of the source, such as a line of a queue_log table; not before the channel was created.
    public func moment(_ time: RawTime, notBefore channel: UniqueID?) -> Moment? {
        switch time {
        case .none: nil
        case .instant(let moment): moment
        case .wall(let wall): Moment(seconds: zone.resolve(wall: wall).instant(notBefore: channel?.epoch))
        }
    }

    private func moment(_ time: RawTime, nearest expected: Moment) -> Moment? {
        switch time {
        case .none: nil
        case .instant(let moment): moment
        case .wall(let wall): Moment(seconds: zone.resolve(wall: wall).instant(nearest: expected.wholeSeconds))
        }
    }
}
