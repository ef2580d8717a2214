import Base
import CallRecords
import Glibc

/// The times at which a record can plausibly have been written.
///
/// A machine without a clock battery starts in 1970 or 1980, and a clock that was set wrongly may be in the future. A
/// call with such a time would not appear in any report of the day on which it was made.
struct PlausibleTimes: Sendable {
    /// 1990-01-01: no PBX whose records are read is older.
    private static let earliest: Int64 = 631_152_000
    private let latest: Int64

    /// Times up to a day and a half from now: wall clocks on Earth are at most 14 hours ahead of UTC.
    init(now: Int64 = Int64(time(nil))) { latest = now + 129_600 }

    /// Whether a record can be of this time; one without a time is checked elsewhere.
    func contains(_ time: RawTime) -> Bool {
        switch time {
        case .none: true
        case .wall(let seconds): Self.earliest...latest ~= seconds
        case .instant(let moment): Self.earliest...latest ~= moment.wholeSeconds
        }
    }

    /// Why a record with any other time is rejected; follows the name of the column with the time.
    static let defect = "lies before 1990 or in the future: the clock was wrong."
}
