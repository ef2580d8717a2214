import Base
import CallRecords
import Testing
import TestSupport

@Suite struct TimeSpansTests {
    @Test func `events of consecutive days are one span`() {
        var spans = TimeSpans()
        #expect(spans.insert([1000, 90_000, 50_000]) == [1000...90_000])
        #expect(spans.insert([176_399]) == [1000...176_399])
        // A day without events may be missing.
        #expect(spans.insert([262_799]) == [262_799...262_799])
        #expect(spans.spans == [1000...176_399, 262_799...262_799])
        #expect(spans.insert([200_000]) == [1000...262_799])
        #expect(spans.insert([]).isEmpty)
    }

    @Test(arguments: 0..<20 as Range<UInt64>) func `the order of events does not matter`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let instants = (0..<60).map { _ in Moment(seconds: .random(in: 0...4_000_000, using: &random)) }
        var whole = TimeSpans()
        _ = whole.insert(instants)
        var pieces = TimeSpans()
        var rest = instants.shuffled(using: &random)[...]
        while !rest.isEmpty {
            let count = Int.random(in: 1...rest.count, using: &random)
            let piece = rest.prefix(count)
            let told = pieces.insert(piece)
            #expect(piece.allSatisfy { instant in told.contains { $0.contains(instant) } })
            rest = rest.dropFirst(count)
        }
        #expect(pieces.spans == whole.spans)
    }
}
