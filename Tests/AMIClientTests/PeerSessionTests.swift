import AMIClient
import Switchboard
import Testing
import TestSupport

/// Sessions from the tests of comparable projects, with the resulting calls.
@Suite struct PeerSessionTests {
    /// How each call ended, in the order of the ends: `id over` or `id into other`.
    private func ends(of session: String) throws -> [String] {
        let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        var replay = try EventReplay(path: "\(folder)/Sessions/\(session).ami")
        var clock = ReplayClock()
        var calls = ActiveCalls()
        var ends: [String] = []
        while let message = try replay.next() {
            let received = ReceivedEvent(message)
            let time = clock.time(of: received) ?? 0
            for change in received.parts.flatMap({ calls.apply($0.event, at: time) }) {
                switch change.end {
                case .hungUp: ends.append("\(change.call.id) \(change.call.stage.rawValue)")
                case .mergedInto(let id): ends.append("\(change.call.id) into \(id)")
                case nil: break
                }
            }
        }
        #expect(calls.calls.isEmpty)
        return ends
    }

    @Test func `a consultation becomes part of the call that is transferred`() throws {
        #expect(
            try ends(of: "attended-by-caller") == [
                "1529941225.617 into 1529941216.590", "1529941216.590 over",
            ]
        )
    }

    @Test func `the phone that takes a ringing call becomes part of that call`() throws {
        #expect(
            try ends(of: "pickup-by-phone") == [
                "1538124865.383 into 1538124863.373", "1538124863.373 over",
            ]
        )
    }
}
