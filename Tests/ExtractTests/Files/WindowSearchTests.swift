import Base
import Testing

@testable import Extract

struct WindowSearchTests {
    /// A file of ten-byte records, given by their ends in order. A sample has the next three records.
    private func find(_ ends: [Int64], from: Int64, resolution: Int64 = 10) -> WindowSearch.Finding? {
        let search = WindowSearch(0..<Int64(ends.count) * 10, from: Moment(seconds: from), resolution: resolution)
        return search.find { offset in
            let first = Int(offset + 9) / 10
            guard first < ends.count else { return nil }
            let sample = ends[first..<min(ends.count, first + 3)].map { Moment(seconds: $0) }
            return WindowSearch.Sample(offset: Int64(first) * 10, ends: sample)
        }
    }

    private func offset(_ ends: [Int64], from: Int64) -> Int64? { find(ends, from: from)?.offset }

    private static let hour: Int64 = 3600
    /// A thousand records, an hour apart.
    private static let hourly = (0..<1000).map { Int64($0) * hour }

    @Test(arguments: [3, 10, 500, 997] as [Int64])
    func `nothing before the offset ended in the window, and little after it ended earlier`(hour: Int64) throws {
        let from = hour * Self.hour
        let found = try #require(offset(Self.hourly, from: from)) / 10
        #expect(found <= hour)
        // Two hours of slack, the three records of a sample, and those between two places.
        #expect(found >= hour - 12)
    }

    @Test func `if all of the file is in the window, the offset is its beginning`() {
        #expect(offset(Self.hourly, from: 0) == 0)
        #expect(offset(Self.hourly, from: -5) == 0)
    }

    @Test func `if nothing is in the window, only the end of the file is read`() throws {
        let found = try #require(offset(Self.hourly, from: 5000 * Self.hour)) / 10
        #expect(found > 980)
    }

    @Test func `records up to two hours out of order do not matter`() throws {
        var ends = Self.hourly
        for index in stride(from: 0, to: 998, by: 2) { ends.swapAt(index, index + 1) }
        let found = try #require(find(ends, from: 500 * Self.hour))
        #expect(ends[..<Int(found.offset / 10)].allSatisfy { $0 < 500 * Self.hour })
        #expect(found.slack == WindowSearch.leastSlack)
    }

    @Test func `a rotation that copies a day twice widens the slack to two days`() throws {
        // Every tenth record is repeated 24 records later.
        var ends: [Int64] = []
        for hour in 0..<1000 as Range<Int64> {
            ends.append(hour * Self.hour)
            if hour >= 24, hour.isMultiple(of: 10) { ends.append((hour - 24) * Self.hour) }
        }
        let found = try #require(find(ends, from: 500 * Self.hour))
        #expect(found.slack == 2 * 24 * Self.hour)
        #expect(ends[..<Int(found.offset / 10)].allSatisfy { $0 < 500 * Self.hour })
        // Slightly more than fifty hours before the window, in which every tenth record occurs twice.
        let first = try #require(ends.firstIndex(of: 500 * Self.hour))
        #expect(Int(found.offset / 10) > first - 70)
    }

    @Test func `a file out of order has no offset`() {
        let turned = Array(Self.hourly[500...] + Self.hourly[..<500])
        #expect(offset(turned, from: 700 * Self.hour) == nil)
        #expect(offset(Self.hourly.reversed(), from: 700 * Self.hour) == nil)
    }

    @Test(arguments: [(2_800, true), (2_799, false)] as [(Int64, Bool)])
    func `the order is watched with two hours of slack`(late: Int64, holds: Bool) {
        var order = WindowSearch.Order(slack: WindowSearch.leastSlack)
        order.look(at: [Moment(seconds: 10_000), Moment(seconds: late)])
        #expect(order.holds == holds)
    }
}
