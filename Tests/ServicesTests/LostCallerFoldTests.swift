import Base
import Testing
import TestSupport

@testable import Services

/// Losses are folded into one row for each caller. Times are minutes; the tables list only what matters.
@Suite struct LostCallerFoldTests {
    private static func loss(
        _ key: String,
        _ minute: Int64,
        _ status: String = "open",
        queue: String? = "support",
        outcome: String = "abandoned",
        owner: String? = nil,
        pbx: String = "main",
        spokenAt: Int64? = nil
    ) -> LostCallerFold.Loss {
        LostCallerFold.Loss(
            pbx: pbx,
            key: key,
            number: key,
            contact: owner.map { .init(kind: "contact", id: "1", name: "Ann", owner: $0) },
            queue: queue,
            outcome: outcome,
            status: status,
            lostAt: Moment(seconds: minute * 60),
            spokenAt: spokenAt.map { Moment(seconds: $0 * 60) },
            spokenBy: spokenAt == nil ? nil : "Bob"
        )
    }

    /// `state lostAt times`, in minutes, of the only caller.
    private static func only(_ losses: [LostCallerFold.Loss], _ work: LostCallerFold.Work? = nil) -> String {
        let callers = LostCallerFold.callers(losses, work.map { ["main\u{0}1": $0] } ?? [:])
        guard callers.count == 1 else { return "\(callers.count) callers" }
        let caller = callers[0]
        let minute = caller.lostAt.wholeSeconds / 60
        return "\(caller.state.rawValue) \(minute) \(caller.times)\(caller.isAttempted ? " attempted" : "")"
    }

    @Test func `a caller is one row, lost since the first loss that was not made up for`() {
        #expect(Self.only([Self.loss("1", 30), Self.loss("1", 10), Self.loss("1", 20, "attempted")]) == "open 10 3")
        #expect(Self.only([Self.loss("1", 10, "called_back", spokenAt: 15), Self.loss("1", 20)]) == "open 20 2")
        #expect(Self.only([Self.loss("1", 10), Self.loss("1", 20, "attempted")]) == "open 10 2 attempted")
    }

    @Test func `it is closed when somebody has spoken to them since the last time`() {
        let losses = [Self.loss("1", 10, "called_back", spokenAt: 30), Self.loss("1", 20, "called_back", spokenAt: 30)]
        #expect(Self.only(losses) == "reached 20 2")
        #expect(LostCallerFold.callers(losses, [:]).first?.spokenBy == "Bob")
        // An earlier claim no longer counts.
        #expect(Self.only(losses, .init(claimedBy: "anna", claimedAt: 1500)) == "reached 20 2")
    }

    @Test func `a claim is about what was lost before it and is still owed`() {
        let claim = LostCallerFold.Work(claimedBy: "anna", claimedAt: 900)
        #expect(Self.only([Self.loss("1", 10)], claim) == "claimed 10 1")
        // Lost again in the meantime: the caller is still hers.
        #expect(Self.only([Self.loss("1", 10), Self.loss("1", 20)], claim) == "claimed 10 2")
        // Spoken to since the claim, and lost again: assigned to nobody.
        #expect(Self.only([Self.loss("1", 10, "called_back", spokenAt: 16), Self.loss("1", 20)], claim) == "open 20 2")
    }

    @Test func `done is done until the caller is lost again`() {
        let done = LostCallerFold.Work(doneBy: "anna", doneAt: 900, note: "wrong number")
        #expect(Self.only([Self.loss("1", 10)], done) == "done 10 1")
        #expect(Self.only([Self.loss("1", 10), Self.loss("1", 20)], done) == "open 20 2")
        #expect(Self.only([Self.loss("1", 10), Self.loss("1", 20, "got_through", spokenAt: 21)], done) == "done 20 2")
    }

    @Test func `callers who hung up at once or have no number are not listed`() {
        let losses = [
            Self.loss("1", 10, outcome: "abandoned_short"), Self.loss("", 11, "no_number"), Self.loss("", 12),
        ]
        #expect(LostCallerFold.callers(losses, [:]).isEmpty)
    }

    @Test func `each PBX has its own callers`() {
        let callers = LostCallerFold.callers([Self.loss("1", 10), Self.loss("1", 20, pbx: "branch")], [:])
        #expect(Set(callers.map(\.pbx)) == ["main", "branch"])
        #expect(Set(callers.map(\.id)).count == 2)
    }

    @Test func `open first, then claimed, by owner, the longest lost first; the settled come last, newest first`() {
        let losses = [
            Self.loss("reached1", 1, "called_back", spokenAt: 2), Self.loss("reached2", 3, "called_back", spokenAt: 4),
            Self.loss("done", 5), Self.loss("claimed", 6), Self.loss("nobody's", 7),
            Self.loss("zoe's", 8, owner: "Zoe"),
            Self.loss("anna's late", 9, owner: "anna"), Self.loss("Anna's early", 2, owner: "Anna"),
        ]
        let work: [String: LostCallerFold.Work] = [
            "main\u{0}done": .init(doneBy: "b", doneAt: 6000),
            "main\u{0}claimed": .init(claimedBy: "b", claimedAt: 6000),
        ]
        #expect(
            LostCallerFold.callers(losses, work).map(\.key) == [
                "Anna's early", "anna's late", "zoe's", "nobody's", "claimed", "done", "reached2", "reached1",
            ]
        )
    }

    @Test func `the wall counts those who are owed a call, the longest first, with all of their queues`() {
        let losses = [
            Self.loss("1", 20), Self.loss("1", 30, queue: "sales"), Self.loss("2", 10, queue: nil),
            Self.loss("3", 5, "called_back", spokenAt: 6),
        ]
        #expect(
            CallbackList.owed(LostCallerFold.callers(losses, [:])) == [
                .init(pbx: "main", queues: [], lostAt: 600),
                .init(pbx: "main", queues: ["support", "sales"], lostAt: 1200),
            ]
        )
    }
}
