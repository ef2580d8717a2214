public import Base
public import CallRecords

/// Determines the instants of a leg from what the PBX's wall clock showed.
public struct LegClock: Sendable {
    /// The zone in which the source writes its times.
    public let zone: ZoneTable

    /// The clock of a source that writes its times in this zone.
    public init(zone: ZoneTable) { self.zone = zone }

    /// A record's times and lengths, completed and made consistent.
    public struct Reading: Sendable {
        /// Start ≤ answer ≤ end.
        public var times: LegTimes
        /// Seconds from start to end.
        public var duration: Int32
        /// Seconds from answer to end.
        public var billsec: Int32
        /// Whether the record contradicted itself: an answer before the start or after the end, an end before the
        /// start, or a talk longer than the call.
        public var isMended = false
    }

    /// The moments and lengths of a leg; `nil` if it has no start.
    ///
    /// A repeated hour is resolved by the epoch in the uniqueid, and answer and end by the lengths: they follow the
    /// start by `duration - billsec` and `duration` seconds. Of start, answer, end, duration and billsec, those that
    /// the source has determine the others: a missing value is unknown, not 0. An end that lies before the start, or
    /// days from where the length puts it (1970, 2038), is ignored in favour of the length.
    public func reading(_ header: CDRHeader) -> Reading? {
        guard let start = moment(header.start, notBefore: header.uniqueid?.parsed) ?? derivedStart(header) else {
            return nil
        }
        let length = header.duration.map(Int64.init)
        let talk = header.billsec.map(Int64.init)
        let expectedEnd = start.adding(seconds: length ?? talk ?? 0)
        var answer = moment(header.answer, nearest: expectedEnd.adding(seconds: -(talk ?? 0)))
        let behindAnswer = (answer ?? start).adding(seconds: talk ?? 0)
        var isMended = false
        var writtenEnd = moment(header.end, nearest: length == nil ? behindAnswer : expectedEnd)
        if let written = writtenEnd, let length, isNoEnd(written, of: start, length) {
            (writtenEnd, isMended) = (nil, true)
        }
        var end = writtenEnd ?? (length == nil ? behindAnswer : expectedEnd)
        // In a source with an end column, an empty answer means that nobody answered.
        let isDerived = writtenEnd == nil
        if answer == nil, isDerived, header.isAnswered { answer = talk.map { end.adding(seconds: -$0) } ?? start }

        if end < start { (end, isMended) = (start, true) }
        if let written = answer {
            let kept = min(max(written, start), end)
            (answer, isMended) = (kept, isMended || kept != written)
        }
        var duration = length ?? end.seconds(since: start)
        let answered = answer.map { end.seconds(since: $0) }
        let billsec = talk ?? answered ?? (header.isAnswered ? end.seconds(since: start) : 0)
        if billsec > duration + Self.rounding {
            (duration, isMended) = (max(billsec, end.seconds(since: start)), true)
        }
        return Reading(
            times: LegTimes(start: start, answer: answer, end: end, isDerived: isDerived),
            duration: Int32(clamping: duration),
            billsec: Int32(clamping: billsec),
            isMended: isMended
        )
    }

    private static let day: Int64 = 86_400

    private func isNoEnd(_ end: Moment, of start: Moment, _ length: Int64) -> Bool {
        let written = end.seconds(since: start)
        return written < 0 && length > 0 || abs(written - length) > Self.day && length < 30 * Self.day
    }

    /// The start computed from the end and the length, or otherwise the answer.
    private func derivedStart(_ header: CDRHeader) -> Moment? {
        let channel = header.uniqueid?.parsed
        if let length = header.duration, let end = moment(header.end, notBefore: channel) {
            return end.adding(seconds: -Int64(length))
        }
        let wait = max(0, Int64(header.duration ?? 0) - Int64(header.billsec ?? header.duration ?? 0))
        return moment(header.answer, notBefore: channel)?.adding(seconds: -wait)
    }

    /// Lengths that are rounded up (cdr.conf, initiatedseconds) may differ by a second.
    private static let rounding: Int64 = 2

    /// The moments of a leg; `nil` if it has no start.
    public func times(_ header: CDRHeader) -> LegTimes? { reading(header)?.times }

    /// The moment of any other event of the source, such as a line of a queue_log table; never before the channel was
    /// created.
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
