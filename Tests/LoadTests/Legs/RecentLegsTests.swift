import Base
import CallRecords
import Testing
import TestSupport

@testable import Load

/// What is remembered of the last batches, compared with everything that was inserted.
struct RecentLegsTests {
    private static func batch(of starts: [Moment], from first: Int, created: [Int64] = []) -> LegBatch {
        var batch = LegBatch()
        for (index, start) in starts.enumerated() {
            var header = CDRHeader()
            if index < created.count {
                var id = "\(created[index]).\(index)"
                header.uniqueid = id.withUTF8 { ChannelID($0) }
            }
            batch.records.append(header)
            batch.times.append(LegTimes(start: start, answer: nil, end: start, isDerived: false))
            let number = Int64(first + index)
            batch.identities.append(
                LegIdentity(
                    uniqueid: withUnsafeBytes(of: number) { Hash128($0) },
                    linkedid: nil,
                    content: number,
                    row: number,
                    sequence: Int32(number)
                )
            )
            batch.selection.append(index)
        }
        return batch
    }

    @Test func `an empty warehouse has nothing that is not in memory`() throws {
        let recent = RecentLegs(storedUpTo: nil, capacity: 30_000)
        #expect(try #require(recent.stored(from: 0, through: 100)).count == 0)
    }

    @Test func `the warehouse has to be asked about times that it already had`() {
        let recent = RecentLegs(storedUpTo: 50, capacity: 30_000)
        #expect(recent.stored(from: 50, through: 100) == nil)
        #expect(recent.stored(from: 51, through: 100)?.count == 0)
    }

    @Test func `after a change the warehouse has to be asked`() {
        var recent = RecentLegs(storedUpTo: nil, capacity: 30_000)
        recent.note([0, 1], of: Self.batch(of: [10, 20], from: 0), calls: [1, 2])
        #expect(recent.stored(from: 15, through: 30)?.count == 1)
        recent.forgetAll()
        #expect(recent.stored(from: 20, through: 30) == nil)
        #expect(recent.stored(from: 21, through: 30)?.count == 0)
    }

    @Test func `the number of legs counts, not that of batches, and the last batch stays whatever its size`() {
        var recent = RecentLegs(storedUpTo: nil, capacity: 4)
        for start: Moment in [10, 20, 30, 40] {
            recent.note([0], of: Self.batch(of: [start], from: 0), calls: [1])
        }
        #expect(recent.isComplete(from: 10))
        recent.note([0, 1], of: Self.batch(of: [50, 60], from: 4), calls: [1, 1])
        // Two were forgotten for two.
        #expect(!recent.isComplete(from: 20))
        #expect(recent.isComplete(from: 21))
        recent.note([0, 1, 2, 3, 4], of: Self.batch(of: [70, 71, 72, 73, 74], from: 6), calls: [1, 1, 1, 1, 1])
        #expect(!recent.isComplete(from: 60))
        #expect(recent.stored(from: 61, through: 80)?.count == 5)
    }

    /// The start of a leg may be corrected, its channel's creation may not: 1,000,000,000 is in 2001.
    @Test func `a leg is found by the creation of its channel, wherever it starts`() throws {
        var recent = RecentLegs(storedUpTo: nil, capacity: 1)
        recent.note([0], of: Self.batch(of: [10], from: 0, created: [1_000_000_005]), calls: [1])
        #expect(recent.stored(from: 20, through: 30)?.count == 0)
        let (before, at) = (Moment(seconds: 1_000_000_004), Moment(seconds: 1_000_000_005))
        #expect(recent.stored(from: 20, through: 30, created: before...before)?.count == 0)
        #expect(recent.stored(from: 20, through: 30, created: before...at)?.count == 1)
        #expect(recent.hasEveryLeg(ofChannelsCreatedFrom: before))
        recent.note([0], of: Self.batch(of: [40], from: 1), calls: [2])
        #expect(!recent.hasEveryLeg(ofChannelsCreatedFrom: at))
        #expect(recent.hasEveryLeg(ofChannelsCreatedFrom: at + 1))
    }

    /// Never an answer that lacks a leg.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `random batches`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var recent = RecentLegs(storedUpTo: nil, capacity: 18)
        var all: [Moment] = []
        var answers = 0
        var clock: Int64 = 0
        for _ in 0..<60 {
            let starts = (0..<Int.random(in: 1...8, using: &random)).map { _ in
                Moment(seconds: max(0, clock + Int64.random(in: -15...5, using: &random)))
            }
            clock += Int64.random(in: 0...10, using: &random)
            let batch = Self.batch(of: starts, from: all.count)
            recent.note(batch.selection, of: batch, calls: starts.map { _ in 1 })
            all += starts
            let first = Moment(seconds: max(0, clock - Int64.random(in: 0...60, using: &random)))
            let last = first + Int64.random(in: 0...20, using: &random)
            guard let stored = recent.stored(from: first, through: last) else { continue }
            answers += 1
            #expect(stored.count == all.count { first <= $0 && $0 <= last }, "seed \(seed)")
        }
        #expect(answers > 5, "seed \(seed)")
    }
}
