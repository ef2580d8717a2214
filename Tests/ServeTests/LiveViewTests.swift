import Base
import Reporting
import Services
import Testing
import TestSupport

@testable import Serve

@Suite struct LiveViewTests {
    @Test func `the wall shows figures and nobody's name or number`() {
        let view = WallView(LiveFixture.input(.wall)).view
        #expect(view.title == "2 waiting · 1:05")
        let html = view.main.html
        for word in ["Berta", "1701", "Anna", "Bob", "Carol", "PJSIP"] { #expect(!html.contains(word)) }
        #expect(html.contains("<span class=\"age\" data-age=\"65\">1:05</span>"))
        // 6 of 10 less one short abandon and one in progress.
        #expect(html.contains("75 %"))
        #expect(html.contains("▲"))
    }

    @Test func `the wall puts the queue with the longest wait first`() {
        let html = WallView(LiveFixture.input(.wall)).view.main.html
        let rows = html.split(separator: "<tr").filter { $0.contains("scope=\"row\"") }
        #expect(rows.map { $0.contains("support") } == [true, false])
        #expect(rows.map { $0.contains("sales") } == [false, true])
    }

    @Test func `a wall without connection says so, and since when`() {
        let html = WallView(LiveFixture.input(.wall, isConnected: false)).view.main.html
        #expect(html.contains("main is not connected.") && !html.contains("192.0.2.1"))
        #expect(html.contains("<span class=\"age\" data-age=\"60\">1:00</span> old"))
        #expect(!WallView(LiveFixture.input(.wall)).view.main.html.contains("not connected"))
    }

    @Test(arguments: [(Role.viewer, "+491•••••••67", false), (.lead, "+491701234567", true)])
    func `a viewer sees no caller's whole number and name`(role: Role, number: String, showsName: Bool) {
        let html = QueuesView(LiveFixture.input(role)).view.main.html
        #expect(html.contains("<td>\(number)</td>"))
        #expect(html.contains("Berta") == showsName)
        // Short numbers are extensions.
        #expect(html.contains("<td>101</td>"))
    }

    @Test func `the wall shows how many are owed a call, and how long the first has waited`() {
        var input = LiveFixture.input(.wall)
        #expect(!WallView(input).view.main.html.contains("To call back"))
        input.owed = [
            .init(pbx: "main", queues: ["support"], lostAt: 400), .init(pbx: "main", queues: ["Sales"], lostAt: 700),
            .init(pbx: "main", queues: [], lostAt: 800),
        ]
        input.now = 4_100
        let html = WallView(input).view.main.html
        #expect(
            html.contains(
                "<dt>To call back</dt><dd><span class=\"figure\">3</span><span class=\"note\">oldest 1 h 1 min</span>"
            )
        )
        input.query = FormFields("queues=sales")
        #expect(input.visibleOwed?.map(\.lostAt) == [700])
    }

    @Test func `a caller's name cannot be markup`() {
        let html = QueuesView(LiveFixture.input(.lead)).view.main.html
        #expect(html.contains("Berta &lt;b&gt;Kunde&lt;/b&gt;"))
        #expect(!html.contains("<b>Kunde"))
    }

    @Test func `an agent of several queues is one agent`() {
        let view = AgentsView(LiveFixture.input(.viewer)).view
        #expect(view.title == "1 free · Agents")
        #expect(view.main.html.contains("sales, support"))
        #expect(view.main.html.contains("lunch"))
        let counts = WallView.agents([LiveFixture.state()])
        #expect(counts == [.free: 1, .paused: 1, .unavailable: 1])
    }

    @Test func `a user of one queue sees nothing of the others`() {
        let input = LiveFixture.input(.lead, queues: ["sales"])
        for html in [WallView(input).view, QueuesView(input).view, AgentsView(input).view].map(\.main.html) {
            for other in ["support", "Berta", "Bob"] { #expect(!html.contains(other)) }
        }
        #expect(QueuesView(input).view.main.html.contains("Anna"))
        #expect(WallView(LiveFixture.input(.wall, query: "queues=Sales")).view.title == "Nobody is waiting")
    }

    @Test(arguments: [(0, "0:00"), (59, "0:59"), (3599, "59:59"), (3600, "1:00:00"), (36_061, "10:01:01")])
    func `durations are written in the form in which the browser continues them`(seconds: Int, text: String) {
        #expect(Piece.duration(seconds) == text)
    }

    @Test(arguments: [
        (Duration.seconds(-1), 0), (.seconds(Int64.min), 0), (.seconds(Int64.max), 3_155_760_000),
        (.milliseconds(1900), 1),
    ])
    func `no duration can crash the program`(time: Duration, whole: Int) {
        #expect(Piece.wholeSeconds(time) == whole)
    }
}
