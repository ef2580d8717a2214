import Base
import CallRecords
import Testing
import TestSupport

@testable import Transform

/// Nonsensical logs: whatever comes, the result is the same for the same events, and it adds up.
@Suite struct QueueFuzzTests {
    struct Random: RandomNumberGenerator {
        var state: UInt64

        // SplitMix64
        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var value = state
            value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
            value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
            return value ^ (value >> 31)
        }
    }

    static func log(_ random: inout Random, kinds: [QueueEvent.Kind]) -> [QueueEvent] {
        let numbers: [String?] = [
            nil, "0", "1", "5", "30", "-4", "x", "", "9999999999", "3|1", "BRIDGE", "LINK", "PAUSED",
        ]
        return (0..<Int.random(in: 0...14, using: &random)).map { _ in
            var data = InlineArray<5, String?>(repeating: nil)
            for index in data.indices { data[index] = numbers.randomElement(using: &random) ?? nil }
            return QueueEvent(
                at: Moment(seconds: 1000) + Int64.random(in: 0...6, using: &random),
                kind: kinds.randomElement(using: &random) ?? .queueStart,
                queue: ["a", "b", nil].randomElement(using: &random) ?? nil,
                agent: ["Alice", "Bob", nil].randomElement(using: &random) ?? nil,
                data: data
            )
        }
    }

    @Test("Visits", arguments: 0..<300 as Range<UInt64>) func visits(seed: UInt64) {
        var random = Random(state: seed)
        let events = Self.log(&random, kinds: QueueEvent.visitKinds)
        let restarts: [Moment] = seed % 3 == 0 ? [1003] : []
        let visits = VisitMachine.visits(
            of: events.shuffled(using: &random).sorted { $0.at < $1.at },
            restarts: restarts
        )
        for _ in 0..<5 {
            let order = events.shuffled(using: &random).sorted { $0.at < $1.at }
            #expect(VisitMachine.visits(of: order, restarts: restarts) == visits)
        }
        for visit in visits {
            #expect(visit.wait ?? 0 >= 0 && visit.talk ?? 0 >= 0 && visit.ring ?? 0 >= 0)
            #expect((visit.outcome == .answered) == (visit.connectedAt != nil))
            #expect(visit.outcome != .inProgress || visit.leftAt == nil)
            #expect(visit.outcome == .answered || visit.talk == nil)
        }
        // The warehouse's key.
        #expect(Set(visits.map { "\($0.queue) \($0.entry)" }).count == visits.count)
    }

    @Test("Sessions", arguments: 0..<300 as Range<UInt64>) func sessions(seed: UInt64) {
        var random = Random(state: seed)
        let events = Self.log(&random, kinds: QueueEvent.sessionKinds + [.queueStart])
        let sessions = SessionMachine.sessions(of: events.sorted { $0.at < $1.at })
        for _ in 0..<5 {
            let order = events.shuffled(using: &random).sorted { $0.at < $1.at }
            #expect(SessionMachine.sessions(of: order) == sessions)
        }
        // The warehouse's key.
        #expect(Set(sessions.map { "\($0.kind) \($0.queue) \($0.startedAt)" }).count == sessions.count)
        for session in sessions { #expect(session.endedAt.map { $0 > session.startedAt } ?? true) }
    }
}
