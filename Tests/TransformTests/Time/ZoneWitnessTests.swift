import Base
import CallRecords
import Testing
import TestSupport
import Transform

/// The epochs in the uniqueids are in UTC; the wall times in the same records therefore reveal the zone.
struct ZoneWitnessTests {
    /// 2026-11-22 12:00:00 UTC
    private static let noon: Int64 = 1_795_348_800
    private static let moscow = ZoneTable(name: "Europe/Moscow", fixedOffset: 3 * 3600)
    private static let berlin = ZoneTable(name: "Europe/Berlin", fixedOffset: 3600)
    private static let kathmandu = ZoneTable(name: "Asia/Kathmandu", fixedOffset: 5 * 3600 + 45 * 60)

    /// Channels one minute apart, whose first legs begin `late` seconds after them, on a wall clock that is `ahead` of
    /// UTC.
    private static func witness(_ channels: Int, ahead: Int64, late: Int64 = 0) -> ZoneWitness {
        var witness = ZoneWitness()
        for number in 0..<Int64(channels) {
            let epoch = noon + number * 60
            witness.observe(.wall(epoch + late + ahead), uniqueid: UniqueID("pbx-\(epoch).\(number)"))
        }
        return witness
    }

    @Test(arguments: [0, 1, 5] as [Int64]) func `the right zone is confirmed`(late: Int64) {
        for zone in [Self.moscow, Self.berlin, Self.kathmandu, .utc] {
            let witness = Self.witness(20, ahead: zone.offset(at: Self.noon), late: late)
            #expect(witness.verdict(on: zone) == .confirmed(share: 1))
            #expect(witness.isUTC == (zone.name == "UTC"))
            #expect(witness.commonOffset == zone.offset(at: Self.noon))
        }
    }

    @Test func `a wrong zone is contradicted, with the offset that was seen`() {
        #expect(Self.witness(20, ahead: 3 * 3600).verdict(on: Self.berlin) == .contradicted(offsets: [3 * 3600]))
        #expect(Self.witness(20, ahead: -5 * 3600).verdict(on: .utc) == .contradicted(offsets: [-5 * 3600]))
    }

    @Test func `ids without an epoch, instants and no records at all prove nothing`() {
        var witness = ZoneWitness()
        #expect(witness.verdict(on: .utc) == .silent)
        for number in 0..<50 {
            witness.observe(.wall(Self.noon), uniqueid: UniqueID("asterisk-\(number)"))
            witness.observe(.instant(Moment(seconds: Self.noon)), uniqueid: UniqueID("\(Self.noon).\(number)"))
            witness.observe(.none, uniqueid: UniqueID("\(Self.noon).\(number)"))
        }
        #expect(witness.verdict(on: .utc) == .silent)
        #expect(witness.commonOffset == nil)
    }

    @Test func `legs that begin at any time after their channels prove nothing`() {
        var witness = ZoneWitness()
        // Delays that are not whole quarters of an hour: 7, 18, 29 … seconds past one.
        for number in 0..<80 as Range<Int64> {
            let epoch = Self.noon + number * 60
            witness.observe(.wall(epoch + number * 900 + 7 + number * 11), uniqueid: UniqueID("\(epoch).\(number)"))
        }
        #expect(witness.verdict(on: .utc) == .silent)
    }

    @Test func `a channel's later legs do not outvote its first, not even a quarter of an hour later`() {
        var witness = Self.witness(10, ahead: 3600)
        for number in 0..<10 as Range<Int64> {
            let epoch = Self.noon + number * 60
            for attempt in 1...9 as ClosedRange<Int64> {
                witness.observe(.wall(epoch + 3600 + attempt * 900), uniqueid: UniqueID("\(epoch).\(number)"))
            }
        }
        #expect(witness.verdict(on: Self.berlin) == .confirmed(share: 1))
    }

    @Test func `one record is enough for UTC, but not for a zone that is not configured`() {
        let one = Self.witness(1, ahead: 0)
        #expect(one.verdict(on: Self.moscow) == .contradicted(offsets: [0]))
        #expect(one.isUTC)
        #expect(Self.witness(2, ahead: 3600).verdict(on: Self.moscow) == .silent)
        #expect(Self.witness(3, ahead: 3600).verdict(on: Self.moscow) == .contradicted(offsets: [3600]))
        #expect(Self.witness(1, ahead: 3600).verdict(on: Self.berlin) == .confirmed(share: 1))
    }
}

/// The resulting decision, and what the user is told.
struct ZoneFinderTests {
    private static let noon: Int64 = 1_795_348_800
    private static let zones = [
        ZoneTable(name: "Asia/Tokyo", fixedOffset: 9 * 3600), ZoneTable(name: "Europe/Berlin", fixedOffset: 3600),
        ZoneTable(name: "Europe/Moscow", fixedOffset: 3 * 3600),
    ]

    private static func find(
        _ ahead: Int64?,
        configured: String?,
        isStated: Bool = false
    ) -> ZoneFinder.Finding {
        var witness = ZoneWitness()
        for number in 0..<10 as Range<Int64> {
            let uniqueid = ahead.map { _ in UniqueID("\(noon + number).\(number)") } ?? nil
            witness.observe(.wall(noon + number + (ahead ?? 0)), uniqueid: uniqueid)
        }
        let finder = ZoneFinder(
            candidates: { zones.map(\.name) },
            load: { name in zones.first { $0.name == name } }
        )
        return finder.zone(
            configured: zones.first { $0.name == configured },
            isStated: isStated,
            witness: witness
        )
    }

    @Test func `the configured zone is kept silently while nothing contradicts it`() {
        for ahead in [3 * 3600, nil] as [Int64?] {
            let finding = Self.find(ahead, configured: "Europe/Moscow")
            #expect(finding.zone.name == "Europe/Moscow")
            #expect(finding.warning == nil)
        }
    }

    @Test func `GMT files of a PBX elsewhere are read as UTC, with a notice`() {
        let finding = Self.find(0, configured: "Europe/Moscow")
        #expect(finding.zone.name == "UTC")
        #expect(finding.warning?.contains("usegmtime") == true)
        #expect(Self.find(0, configured: "Europe/Moscow", isStated: true).zone.name == "UTC")
    }

    @Test func `a wrong zone is replaced, with a warning`() {
        let finding = Self.find(3600, configured: "Europe/Moscow")
        #expect(finding.zone.name == "Europe/Berlin")
        #expect(
            finding.warning
                == "WRONG TIME ZONE: Europe/Moscow is configured, but the epochs in the uniqueids say Europe/Berlin"
                + " (UTC+01:00). Read as Europe/Berlin; correct `timezone`."
        )
    }

    @Test func `an offset without a named zone becomes its own zone`() {
        let finding = Self.find(-(9 * 3600 + 30 * 60), configured: "Europe/Moscow")
        #expect(finding.zone.name == "UTC-09:30")
        #expect(finding.zone.offset(at: Self.noon) == -34_200)
    }

    @Test func `without a configured zone it is found, or else the machine's own is used, with a notice`() {
        #expect(Self.find(3 * 3600, configured: nil).zone.name == "Europe/Moscow")
        #expect(Self.find(3 * 3600, configured: nil).warning?.contains("Europe/Moscow (UTC+03:00)") == true)
        #expect(Self.find(nil, configured: nil).zone.name == "Asia/Tokyo")
        #expect(Self.find(nil, configured: nil).warning?.contains("Asia/Tokyo") == true)
        #expect(Self.find(0, configured: nil).zone.name == "UTC")
    }
}
