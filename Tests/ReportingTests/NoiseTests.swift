import Testing

@testable import Reporting

/// Every bound is worked out beside its case, for one in a hundred: 2.576 of the normal distribution.
struct NoiseTests {
    @Test(
        arguments: [
            // 2.576 x sqrt(239) = 39.82; 2.576 x sqrt(240) = 39.91
            (139, 100, false), (140, 100, true), (100, 139, false), (100, 140, true),
            // 2.576 x sqrt(6) = 6.31; 2.576 x sqrt(7) = 6.82
            (6, 0, false), (7, 0, true), (0, 0, false),
        ] as [(Int64, Int64, Bool)]
    )
    func `counts vary like a Poisson distribution`(now: Int64, before: Int64, isBeyond: Bool) {
        #expect(Noise.isExceeded(by: now, since: before) == isBeyond)
    }

    @Test(
        arguments: [
            // 0.775 of 2000: 2.576 x sqrt(0.775 x 0.225 x 0.002) = 0.0481 < 0.05
            (800, 1000, 750, 1000, true),
            // 0.776 of 2000: 2.576 x sqrt(0.776 x 0.224 x 0.002) = 0.04803 > 0.048
            (800, 1000, 752, 1000, false),
            // 9 of 10 after 5 of 10: 2.576 x sqrt(0.7 x 0.3 x 0.2) = 0.528 > 0.4
            (9, 10, 5, 10, false),
            (10, 10, 10, 10, false), (0, 0, 5, 10, false), (5, 10, 0, 0, false),
        ] as [(Int64, Int64, Int64, Int64, Bool)]
    )
    func `shares are compared by the two-proportion z-test`(
        part: Int64,
        whole: Int64,
        partBefore: Int64,
        wholeBefore: Int64,
        isBeyond: Bool
    ) {
        #expect(Noise.isExceeded(by: (part, whole), since: (partBefore, wholeBefore)) == isBeyond)
    }

    @Test(
        arguments: [
            // Mean 13, spread sqrt(20 / 3) = 2.582, three degrees of freedom: 5.841 x 2.582 x sqrt(1.25) = 16.86
            ([10, 12, 14, 16], 29.8, false), ([10, 12, 14, 16], 29.9, true),
            // Three periods are too few.
            ([10, 12, 14], 99, false), ([], 99, false),
            // Equal waits: a fiftieth of 300 is 6; 3.707 x 6 x sqrt(8 / 7) = 23.78
            ([300, 300, 300, 300, 300, 300, 300], 323, false), ([300, 300, 300, 300, 300, 300, 300], 324, true),
            ([300, 300, 300, 300, 300, 300, 300], 276, true),
            // Half a second: 3.707 x 0.5 x sqrt(8 / 7) = 1.98
            ([4, 4, 4, 4, 4, 4, 4], 5.9, false), ([4, 4, 4, 4, 4, 4, 4], 6, true),
        ] as [([Double], Double, Bool)]
    )
    func `waits are compared with the spread of the periods before`(earlier: [Double], now: Double, isBeyond: Bool) {
        #expect(Noise.isExceeded(by: now, since: earlier) == isBeyond)
    }
}
