import Glibc
import Testing
import TestSupport

@testable import Base

/// glibc reads the same files with its own code, so it is the reference. `TZ` belongs to the process, so tests run one
/// at a time.
@Suite(.serialized, .enabled(if: access("/usr/share/zoneinfo/Europe/Berlin", R_OK) == 0, "there is no tz database"))
struct ZoneTableTests {
    static let zones = [
        "UTC", "Europe/Moscow", "Europe/Berlin", "Europe/London", "Europe/Dublin", "Europe/Kyiv", "Europe/Istanbul",
        "America/New_York", "America/St_Johns", "America/Santiago", "America/Sao_Paulo", "America/Havana",
        "Africa/Casablanca", "Africa/Cairo", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Gaza", "Asia/Jerusalem",
        "Asia/Vladivostok", "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Chatham",
        "Pacific/Kiritimati", "Antarctica/Troll",
    ]

    /// From 1970 to 2100, and around every hour in which a clock was changed.
    @Test(arguments: zones) func `the offset at an instant`(name: String) throws {
        let zone = try Self.zone(name)
        var random = SeededGenerator(seed: UInt64(name.utf8.reduce(0) { $0 + Int($1) }))
        var instants = (0..<3000).map { _ in Int64.random(in: 0...4_102_444_800, using: &random) }
        instants += zone.transitions.filter { $0 > 0 }.flatMap { [$0 - 1, $0, $0 + 1] }
        // Changes after the table's end are where glibc's own offset differs from one day to the next.
        for day in stride(from: 2_114_380_800 as Int64, to: 2_240_611_200, by: 86_400)
        where Self.offset(day, name) != Self.offset(day + 86_400, name) {
            instants += stride(from: day, through: day + 86_400, by: 1800).flatMap { [$0 - 1, $0] }
        }
        for instant in instants {
            try #require(zone.offset(at: instant) == Self.offset(instant, name), "\(name) at \(instant)")
        }
    }

    /// Every instant is among those that its wall time can mean, and a wall time without instants is in a gap.
    @Test(arguments: zones) func `the instants of a wall time`(name: String) throws {
        let zone = try Self.zone(name)
        let changes = zone.transitions.filter { $0 > 0 }
        for change in changes {
            for instant in stride(from: change - 10_800, through: change + 10_800, by: 900) {
                let wall = instant + Self.offset(instant, name)
                // By brute force: all offsets that the zone ever has.
                let candidates = Set(zone.offsets).map { wall - $0 }.filter { $0 + Self.offset($0, name) == wall }
                switch zone.resolve(wall: wall) {
                case .unique(let one): try #require(candidates == [one], "\(name) at \(instant)")
                case .fold(let one, let other):
                    try #require(one < other && Set(candidates) == [one, other], "\(name) at \(instant)")
                case .gap: Issue.record("\(name) at \(instant) is no gap")
                }
            }
            let (before, after) = (Self.offset(change - 1, name), Self.offset(change, name))
            guard after > before else { continue }
            let skipped = change + (before + after) / 2
            try #require(
                zone.resolve(wall: skipped) == .gap(before: skipped - before, after: skipped - after),
                "\(name), set forward at \(change)"
            )
        }
    }

    @Test func `the change of Berlin in 2026`() throws {
        let zone = try Self.zone("Europe/Berlin")
        func wall(_ month: Int64, _ day: Int64, _ hour: Int64, _ minute: Int64) throws -> Int64 {
            try #require(CivilTime(year: 2026, month: month, day: day, hour: hour, minute: minute)).secondsSince1970
        }
        // 2026-03-29 01:00 UTC and 2026-10-25 01:00 UTC.
        #expect(try zone.resolve(wall: wall(3, 29, 2, 30)) == .gap(before: 1_774_747_800, after: 1_774_744_200))
        let fold = LocalTimeResolution.fold(earlier: 1_792_888_200, later: 1_792_891_800)
        #expect(try zone.resolve(wall: wall(10, 25, 2, 30)) == fold)
        // A leg does not begin before its channel was created.
        #expect(fold.instant(notBefore: 1_792_888_100) == 1_792_888_200)
        #expect(fold.instant(notBefore: 1_792_888_201) == 1_792_888_200)
        #expect(fold.instant(notBefore: 1_792_891_700) == 1_792_891_800)
        #expect(fold.instant(notBefore: nil) == 1_792_888_200)
        #expect(fold.instant(nearest: 1_792_891_000) == 1_792_891_800)
        // Of a time that the clock skipped, the reading nearer to the channel's creation is meant.
        let gap = LocalTimeResolution.gap(before: 1_774_747_800, after: 1_774_744_200)
        #expect(gap.instant(notBefore: 1_774_744_205) == 1_774_744_200)
        #expect(gap.instant(notBefore: 1_774_747_790) == 1_774_747_800)
        #expect(gap.instant(notBefore: nil) == 1_774_747_800)
    }

    @Test(
        arguments: [
            ("Europe/Moscow", 1_795_389_429, "2026-11-23T02:17:09+03:00"), ("UTC", 0, "1970-01-01T00:00:00+00:00"),
            ("America/St_Johns", 1_795_389_429, "2026-11-22T19:47:09-03:30"),
            ("Asia/Kathmandu", 1_795_389_429, "2026-11-23T05:02:09+05:45"),
        ] as [(String, Int64, String)]
    )
    func `ISO 8601`(name: String, instant: Int64, text: String) throws {
        #expect(try Self.zone(name).iso8601(instant) == text)
    }

    /// A file that is cut anywhere, or is invalid, is refused or read as far as possible; it never traps.
    @Test func `files that are not zone files`() throws {
        let bytes = try Self.file("Europe/Berlin")
        for length in 0..<44 { #expect(ZoneTable(name: "x", tzif: Array(bytes.prefix(length))) == nil) }
        for length in stride(from: 44, to: bytes.count, by: 7) {
            _ = ZoneTable(name: "x", tzif: Array(bytes.prefix(length)))
        }
        #expect(ZoneTable(name: "x", tzif: Array("TZif".utf8) + [UInt8](repeating: 0xFF, count: 200)) == nil)
        var random = SeededGenerator(seed: 8536)
        for _ in 0..<2000 {
            var damaged = bytes
            for _ in 0..<4 {
                damaged[Int.random(in: 0..<damaged.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            let zone = ZoneTable(name: "x", tzif: damaged)
            _ = zone?.resolve(wall: 1_795_389_429)
        }
    }

    private static func zone(_ name: String) throws -> ZoneTable {
        try #require(ZoneTable(name: name, tzif: file(name)), "\(name)")
    }

    private static func file(_ name: String) throws -> [UInt8] {
        let file = try #require(fopen("/usr/share/zoneinfo/\(name)", "rb"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        bytes.removeLast(bytes.count - fread(&bytes, 1, bytes.count, file))
        return bytes
    }

    private static func offset(_ instant: Int64, _ name: String) -> Int64 {
        setenv("TZ", ":\(name)", 1)
        tzset()
        var seconds = time_t(instant)
        var local = tm()
        localtime_r(&seconds, &local)
        return Int64(local.tm_gmtoff)
    }

    @Test(arguments: [
        "../etc/passwd", "/etc/passwd", "", "Europe/../../etc/passwd", "Europe", "Nowhere/Atlantis", "tzdata.zi",
    ])
    func `a name without a zone is refused`(name: String) {
        let error = #expect(throws: ZoneError.self) { try ZoneFiles.load(name) }
        #expect(error?.name == name)
    }
}
