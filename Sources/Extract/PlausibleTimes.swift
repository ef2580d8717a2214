import Base
import CallRecords
import Glibc

/// The times at which a record may have been written.
///
/// A machine without a battery for its clock starts in 1970 or 1980, and a clock set wrongly lies in the future. A call at such
/// a time would be found in no report of the day on which it was made.
struct PlausibleTimes: Sendable {
    /// 1990-01-01: no PBX whose records are read is older.
    private static let earliest: Int64 = 631_152_000
    private let latest: Int64

    /// Times until a day and a half from now: the walls of the Earth are at most 14 hours ahead of UTC.
    init(now: Int64 = Int64(time(nil))) { latest = now + 129_600 }

    /// Whether a record may be of this time; one without a time is for others to judge.
    func contains(_ time: RawTime) -> Bool {
        switch time {
        case .none: true
        case .wall(let seconds): Self.earliest...latest ~= seconds
        case .instant(let moment): Self.earliest...latest ~= moment.wholeSeconds
        }
    }

    /// Why a record of another time is rejected, behind the name of what holds the time.
    static let defect = "lies before 1990 or in the future: the clock was wrong."
}
