import Glibc
import Testing

@testable import Base

extension ZoneTableTests {
    /// Rules alone, without a file: glibc itself reads them from `TZ`.
    @Test(arguments: [
        "UTC0", "MSK-3", "<+0545>-5:45", "CET-1CEST,M3.5.0,M10.5.0/3", "EST5EDT,M3.2.0,M11.1.0",
        "IST-1GMT0,M10.5.0,M3.5.0/1",
        "AEST-10AEDT,M10.1.0,M4.1.0/3", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
        "<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45",
        "IST-2IDT,M3.4.4/26,M10.5.0", "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "EET-2EEST,M3.4.4/50,M10.4.4/50",
        "AAA3BBB,J60,J300", "AAA3BBB,J59,J300", "AAA3BBB,59/1,299/4", "<-04>4<-03>,M9.1.6/24,M4.1.6/24",
    ])
    func `a POSIX rule`(text: String) throws {
        let rule = try #require(PosixZoneRule(text))
        setenv("TZ", text, 1)
        tzset()
        // In steps of half an hour, through a leap year and the years before and after it.
        for instant in stride(from: 1_830_297_600 as Int64, to: 1_924_992_000, by: 1800) {
            var seconds = time_t(instant)
            var local = tm()
            localtime_r(&seconds, &local)
            try #require(rule.offset(at: instant) == Int64(local.tm_gmtoff), "\(text) at \(instant)")
            try #require(rule.offset(at: instant - 1) == rule.offset(at: instant - 1800), "\(text) before \(instant)")
        }
    }

    @Test(arguments: [
        "", "C", "CET", "CET-", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
        "CET-1CEST,M3.6.0,M10.5.0",
        "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0/", "CET-1CEST,J0,J366", "<+03-3",
        "CET-1CEST,M3.5.0,M10.5.0,",
        // Times that do not fit into a number, or into a week.
        "CET-9223372036854775807", "CET-168", "CET-1:60", "CET-1CEST,M3.5.0/9223372036854775807,M10.5.0",
        "CET-1:9223372036854775807", "CET-99999999999999999999",
    ])
    func `text that is not a rule`(text: String) {
        #expect(PosixZoneRule(text) == nil)
    }
}
