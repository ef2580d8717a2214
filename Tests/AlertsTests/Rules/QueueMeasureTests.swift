import Base
import Testing

@testable import Alerts

@Suite struct QueueMeasureTests {
    private static let now = Moment(seconds: 1_764_000_000)

    private static func member(
        _ name: String,
        paused: String? = nil,
        isLoggedIn: Bool = true,
        isBusy: Bool = false
    ) -> AlertSnapshot.Member {
        var member = AlertSnapshot.Member(name)
        member.isLoggedIn = isLoggedIn
        if let paused { (member.pausedSince, member.pauseReason) = (now - .seconds(1000), paused) }
        member.isFree = isLoggedIn && paused == nil && !isBusy
        return member
    }

    /// Two callers, for 100 and 160 seconds; six members, one of them free unless she is busy.
    private static func snapshot(isBusy: Bool = false) -> AlertSnapshot {
        var pbx = AlertSnapshot.PBX("main")
        pbx.queues = [
            AlertSnapshot.Queue(
                "Support",
                callers: [
                    AlertSnapshot.Caller("+49301xxxx", since: now - .seconds(160)),
                    AlertSnapshot.Caller("+49302xxxx", since: now - .seconds(100)),
                ],
                members: [
                    member("Anna", paused: "lunch"), member("Bob", paused: "lunch"), member("Carl", paused: ""),
                    member("Dora", isBusy: isBusy), member("Ed", isBusy: true), member("Fay", isLoggedIn: false),
                ]
            ),
            AlertSnapshot.Queue("sales"),
        ]
        pbx.unanswered = ["Dora": 3, "Ed": 1, "Zoe": 9]
        pbx.faults = [.init(.trunk, "trunk2", since: now - .seconds(3600)), .init(.endpoint, "105", since: now)]
        var snapshot = AlertSnapshot(at: now)
        snapshot.pbxs = [pbx]
        return snapshot
    }

    private func findings(
        _ measure: AlertMeasure,
        _ snapshot: AlertSnapshot = snapshot(),
        queues: [String] = []
    ) -> [AlertFinding] {
        var rule = AlertRule("rule", measure, NagiosRange(low: 0, high: 0))
        rule.queues = queues
        return rule.evaluation(of: snapshot).findings
    }

    @Test(
        arguments: [
            (.queueWait, 160, 0), (.queueCallers, 2, 0), (.callersPerFreeAgent, 2, 0), (.unservedCallers, 0, 0),
            (.queueFreeAgents, 1, 0), (.queueMembers, 5, 0), (.queueReadyAgents, 2, 0),
        ] as [(AlertMeasure, Double, Double)]
    )
    func `each figure of a queue is its own`(_ measure: AlertMeasure, _ support: Double, _ sales: Double) {
        #expect(findings(measure).map(\.value) == [support, sales])
    }

    @Test func `callers are unserved only while nobody is free`() {
        #expect(findings(.unservedCallers, Self.snapshot(isBusy: true)).map(\.value) == [2, 0])
        #expect(findings(.callersPerFreeAgent, Self.snapshot(isBusy: true)).map(\.value) == [2, 0])
    }

    @Test func `an alert says why, and who waits`() {
        let finding = findings(.queueWait).first
        #expect(finding?.labels == ["pbx": "main", "queue": "support"])
        #expect(finding?.summary == "The longest caller in Support has been waiting for 2:40.")
        // An hour before 16:00 UTC, which 1 764 000 000 is.
        #expect(
            finding?.causes == [
                "3 of 5 agents are paused (2 for lunch).", "Dora did not answer 3 times in a row.",
                "Trunk trunk2 has not been registered since 15:00.",
            ]
        )
        #expect(finding?.callers == ["+49301xxxx, waiting 2:40", "+49302xxxx, waiting 1:40"])
        #expect(finding?.path == "/queues?queues=Support")
    }

    @Test(
        arguments: [
            ([], "The queue has no members."),
            ([member("Anna", isLoggedIn: false)], "No agent is logged in."),
            ([member("Anna", isBusy: true)], "The only agent who is logged in is busy."),
            ([member("Anna", isBusy: true), member("Bob", isBusy: true)], "All 2 agents who are logged in are busy."),
            ([member("Anna", paused: "lunch")], "The only agent is paused (1 for lunch)."),
            ([member("Anna", paused: ""), member("Bob")], "1 of 2 agents is paused."),
            ([member("Anna", isBusy: true), member("Bob")], nil),
        ] as [([AlertSnapshot.Member], String?)]
    )
    func `an alert says who is missing`(_ members: [AlertSnapshot.Member], _ cause: String?) {
        var snapshot = AlertSnapshot(at: Self.now)
        snapshot.pbxs = [AlertSnapshot.PBX("main")]
        let caller = AlertSnapshot.Caller("+49301xxxx", since: Self.now - .seconds(160))
        snapshot.pbxs[0].queues = [AlertSnapshot.Queue("Support", callers: [caller], members: members)]
        #expect(findings(.queueWait, snapshot).first?.causes == [cause].compactMap(\.self))
    }

    @Test func `a rule is for the queues that it names, however they are spelled`() {
        #expect(findings(.queueWait, queues: ["SUPPORT"]).count == 1)
        #expect(findings(.queueWait, queues: ["s*"]).count == 2)
        #expect(findings(.queueWait, queues: ["sal"]).isEmpty)
    }

    @Test func `nothing is known about a PBX without a connection`() {
        var snapshot = Self.snapshot()
        snapshot.pbxs[0].staleSince = Self.now - .seconds(40)
        let rule = AlertRule("rule", .queueWait, NagiosRange(low: 0, high: 1))
        #expect(rule.evaluation(of: snapshot) == RuleEvaluation("rule", [], blindness: .pbxs(["main"])))
        let connection = AlertRule("connection", .connectionLost, NagiosRange(low: 0, high: 30))
        #expect(connection.evaluation(of: snapshot).findings.map(\.value) == [40])
        #expect(connection.evaluation(of: snapshot).blindness == .none)
    }

    @Test func `outside its schedule a rule finds nothing`() throws {
        var rule = AlertRule("rule", .queueWait, NagiosRange(low: 0, high: 1))
        // It is Monday, 16:00.
        rule.schedule = AlertSchedule([try #require(AlertSchedule.Hours("mon 09:00-16:00"))])
        #expect(rule.evaluation(of: Self.snapshot()).findings.isEmpty)
        rule.isOutside = true
        #expect(rule.evaluation(of: Self.snapshot()).findings.count == 2)
    }

    @Test func `a percentage of too few calls neither raises nor clears`() {
        var snapshot = Self.snapshot()
        func visit(_ age: Int64, lost: Bool) -> AlertSnapshot.Visit {
            AlertSnapshot.Visit(
                queue: "support",
                enteredAt: Self.now - .seconds(age),
                isCounted: true,
                isAbandoned: lost,
                isInWhole: true,
                isInPart: !lost
            )
        }
        // Four in the last half hour, one of them lost; one long ago.
        snapshot.pbxs[0].visits = [
            visit(10, lost: true), visit(20, lost: false), visit(1000, lost: false), visit(1800, lost: false),
            visit(1801, lost: true),
        ]
        var rule = AlertRule("rule", .serviceLevel, NagiosRange(low: 80, high: .infinity))
        rule.queues = ["support"]
        rule.least = 4
        #expect(rule.evaluation(of: snapshot).findings.map(\.value) == [75])
        rule.least = 5
        let found = rule.evaluation(of: snapshot).findings.map(\.value)
        #expect(found.count == 1 && found[0].isNaN)
        #expect(rule.condition(.nan) == .between)
        rule = AlertRule("rule", .abandonedPercent, NagiosRange(low: 0, high: 10))
        (rule.queues, rule.least) = (["support"], 1)
        #expect(rule.evaluation(of: snapshot).findings.map(\.value) == [25])
    }
}
