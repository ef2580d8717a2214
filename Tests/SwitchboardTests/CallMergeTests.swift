import Base
import Switchboard
import Testing
import TestSupport

/// Calls that become part of other calls.
@Suite struct CallMergeTests {
    /// Each change as `id stage`, or `id over`, or `id into other`.
    private func changes(_ table: String) -> [String] {
        var calls = ActiveCalls()
        return Script.events(table).flatMap { event, time in
            calls.apply(event, at: time).map { change in
                switch change.end {
                case nil: "\(change.call.id) \(change.call.stage.rawValue)"
                case .hungUp: "\(change.call.id) \(change.call.stage.rawValue)"
                case .mergedInto(let id): "\(change.call.id) into \(id)"
                }
            }
        }
    }

    private static let twoCalls = """
        1 created 1400000001.1 1400000001.1
        2 created 1400000001.2 1400000001.1
        3 created 1400000003.3 1400000003.3
        4 created 1400000003.4 1400000003.3
        """

    @Test func `a call that ends says over, and its stage is over`() {
        let last = changes("1 created 1.1 1.1\n2 ends 1.1").last
        #expect(last == "1.1 over")
    }

    @Test func `calls that meet in a bridge are one call at once, under the older id`() {
        let told = changes(
            Self.twoCalls
                + "\n5 enters 1400000003.4 b\n6 enters 1400000001.2 b\n7 ends 1400000001.1\n8 ends 1400000003.3"
        )
        // The newer call ends with a reference to the other, and the two remaining parties talk.
        #expect(
            told.suffix(4) == [
                "1400000003.3 into 1400000001.1", "1400000001.1 talking", "1400000001.1 talking",
                "1400000001.1 talking",
            ]
        )
    }

    @Test func `an event that still names the old call does not bring it back`() {
        var calls = ActiveCalls()
        let table = Self.twoCalls + "\n5 enters 1400000003.4 b\n6 enters 1400000001.2 b"
        for (event, time) in Script.events(table) { calls.apply(event, at: time) }
        var late = ChannelSnapshot(name: "PJSIP/4", uniqueid: "1400000003.4", linkedid: "1400000003.3")
        late.state = .up
        calls.apply(.channel(.changed(late)), at: 7)
        #expect(calls.calls.keys.sorted() == ["1400000001.1"])
        #expect(calls.calls["1400000001.1"]?.channels.count == 4)
    }

    @Test func `callers in a parking lot are not in one call`() {
        var calls = ActiveCalls()
        let table = Self.twoCalls + "\n5 parks 1400000003.4 lot\n6 parks 1400000001.2 lot"
        for (event, time) in Script.events(table) { calls.apply(event, at: time) }
        #expect(calls.calls.count == 2)
    }

    @Test func `a channel that changes its linkedid ends the call that it leaves empty`() {
        var calls = ActiveCalls()
        for (event, time) in Script.events("1 created 1.1 1.1\n2 created 1.3 1.3") { calls.apply(event, at: time) }
        let taken = ChannelSnapshot(name: "PJSIP/3", uniqueid: "1.3", linkedid: "1.1")
        let changes = calls.apply(.channel(.changed(taken)), at: 3)
        #expect(changes.first?.call.id == "1.3")
        #expect(changes.first?.end == .mergedInto("1.1"))
        #expect(changes.first?.call.stage == .over)
        #expect(changes.last?.call.id == "1.1")
        #expect(changes.last?.call.channels.count == 2)
    }
}
