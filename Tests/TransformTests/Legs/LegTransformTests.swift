import Base
import CallRecords
import Testing
import TestSupport
import Transform

@Suite struct LegTransformTests {
    @Test func `of two versions of a leg the later one is loaded`() {
        var legs = LegBatch()
        for talk in [10, 20] as [Int32] {
            var header = CDRHeader()
            header.start = .instant(1_795_348_800)
            (header.duration, header.billsec, header.sequence) = (60, talk, 7)
            legs.records.append(header)
            var id = "1795348800.1"
            id.withUTF8 { legs.records.set(.uniqueid, $0) }
        }
        var transform = LegTransform(clock: LegClock(zone: .utc), window: .all)
        let counters = transform.transform(&legs)
        #expect(counters.read == 2 && counters.duplicates == 1)
        #expect(legs.selection == [1])
    }
}
