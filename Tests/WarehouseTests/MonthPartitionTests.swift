import Testing

@testable import Warehouse

@Suite struct MonthPartitionTests {
    @Test(arguments: [
        (["pbx1-", "pbx2-", ""], [""], ["", "pbx1-", "pbx2-"]),
        // The months of `pbx-` reach from pbx-1767225600 to pbx-1769904000, and pbx-1768-1767225600 lies between.
        (["pbx-", "pbx-1768-"], [""], ["", "pbx-"]),
        (["pbx-"], ["", "pbx-1768-"], ["", "pbx-1768-"]),
        // A letter sorts behind all digits.
        (["pbx-", "pbx-a-"], [""], ["", "pbx-", "pbx-a-"]),
        // Systems whose names are digits are in the way of those without a name.
        (["1768-"], [""], [""]),
    ])
    func `systems whose months would overlap do not both get partitions`(
        found: [String],
        known: [String],
        kept: [String]
    ) {
        #expect(MonthPartition.separable(Set(found), besides: Set(known)) == Set(kept))
    }

    @Test func `a partition's name tells its month`() {
        let january = PartitionMonth("2026-01")
        #expect(PartitionMonth(ofPartition: "cdr_2026_01", of: .legs) == january)
        #expect(PartitionMonth(ofPartition: "cdr_2026_01_pbx_7", of: .legs) == january)
        #expect(PartitionMonth(ofPartition: "cdr_other", of: .legs) == nil)
        #expect(PartitionMonth(ofPartition: "queue_visit_2026_01", of: .legs) == nil)
    }
}
