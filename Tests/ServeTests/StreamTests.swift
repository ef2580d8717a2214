import TestSupport
import Base
import Reporting
import Services
import Testing

@testable import Serve

/// Event streams: how many are allowed, and for whom.
@Suite struct StreamTests {
    @Test func `a stream is counted until it ends, and one user cannot use up all of them`() {
        let counters = StreamCounters(most: 4, ofUser: 2)
        var tickets = [counters.open(user: "anna"), counters.open(user: "anna"), counters.open(user: "anna")]
        #expect(tickets.map { $0 != nil } == [true, true, false])
        tickets += [counters.open(user: "bob"), counters.open(user: "carol"), counters.open(user: "dora")]
        #expect(tickets.map { $0 != nil } == [true, true, false, true, true, false])
        #expect(counters.current == .init(open: 4, dropped: 0, refused: 2))
        tickets[0] = nil
        #expect(counters.current.open == 3)
        #expect(counters.open(user: "anna") != nil)
        tickets = []
        #expect(counters.current.open == 0)
    }

    @Test func `a stream ends when its user is gone, has another role or is logged out`() async throws {
        let application = Fixture.application(accounts: Fixture.accounts)
        let authenticator = application.authenticator
        let cookie = try await Fixture.cookie("lead", application)
        let request = try Fixture.request(.get, "/figures", [("Cookie", cookie)])
        let identity = try #require(authenticator.identity(of: request))
        #expect(authenticator.isStill(identity, request))
        var changed = Fixture.accounts
        let place = try #require(changed.users.firstIndex { $0.name == "lead" })
        changed.users[place].role = .viewer
        authenticator.replace(changed)
        #expect(!authenticator.isStill(identity, request))
        authenticator.replace(Fixture.accounts)
        #expect(authenticator.isStill(identity, request))
        authenticator.sessions.end(user: "lead")
        #expect(!authenticator.isStill(identity, request))
    }

    @Test(arguments: [
        ("2026-11", "2026-11-01 2026-12-01"), ("2026-12", "2026-12-01 2027-01-01"), ("this", "month 0"),
        ("last", "month -1"), ("2026-13", "none"), ("2026-1", "none"), ("x", "none"), ("-2026-11", "none"),
    ])
    func `a month is a window from its first day to the next one's`(text: String, window: String) {
        switch TimeQuery.month(text) {
        case .between(let from, let to?)?: #expect("\(from.text) \(to.text)" == window)
        case .month(let offset)?: #expect("month \(offset)" == window)
        default: #expect(window == "none")
        }
    }
}
