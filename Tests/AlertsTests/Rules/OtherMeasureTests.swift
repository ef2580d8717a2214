import Base
import Switchboard
import Testing

@testable import Alerts

@Suite struct OtherMeasureTests {
    private static let now = Moment(seconds: 1_764_000_000)

    private func evaluate(
        _ measure: AlertMeasure,
        _ change: (inout AlertSnapshot.PBX) -> Void,
        rule edit: (inout AlertRule) -> Void = { _ in }
    ) -> RuleEvaluation {
        var pbx = AlertSnapshot.PBX("main")
        change(&pbx)
        var snapshot = AlertSnapshot(at: Self.now)
        snapshot.pbxs = [pbx]
        var rule = AlertRule("rule", measure, NagiosRange(low: 0, high: 0))
        edit(&rule)
        return rule.evaluation(of: snapshot)
    }

    /// The values by the label that is not the PBX.
    private func values(_ evaluation: RuleEvaluation) -> [String: Double] {
        var values: [String: Double] = [:]
        for finding in evaluation.findings {
            values[finding.labels.first { $0.key != "pbx" }?.value ?? ""] = finding.value
        }
        return values
    }

    private static func outgoing(
        _ number: String,
        from: String = "101",
        age: Int64 = 60,
        country: String? = "DE",
        isPremium: Bool = false,
        isUsual: Bool? = true
    ) -> AlertSnapshot.Outgoing {
        AlertSnapshot.Outgoing(
            at: now - .seconds(age),
            from: from,
            number: number,
            country: country,
            isInternational: country != "DE",
            isPremium: isPremium,
            isUsualCountry: isUsual
        )
    }

    @Test func `an agent of two queues has one pause, which begins with the first`() {
        let evaluation = evaluate(.agentPause) { pbx in
            for (queue, age) in [("a", Int64(30)), ("b", 90)] {
                var member = AlertSnapshot.Member("Bob")
                member.pausedSince = Self.now - .seconds(age)
                pbx.queues.append(AlertSnapshot.Queue(queue, members: [member, AlertSnapshot.Member("Eve")]))
            }
        }
        #expect(values(evaluation) == ["Bob": 90, "Eve": 0])
    }

    @Test func `calls in a row that nobody answered, and the longest talk, are those of the agent`() {
        #expect(values(evaluate(.agentUnanswered) { $0.unanswered = ["Bob": 4] }) == ["Bob": 4])
        let talk = evaluate(.agentCall) { pbx in
            for (agent, age) in [("Bob", Int64(100)), ("Bob", 300), ("", 5000)] {
                let bridged = Self.now - .seconds(age)
                var call = AlertSnapshot.Call(startedAt: bridged - .seconds(50), bridgedAt: bridged)
                call.agent = agent
                pbx.calls.append(call)
            }
        }
        #expect(values(talk) == ["Bob": 300])
    }

    @Test func `lines that do not work have a figure each`() {
        let faults: [AlertSnapshot.Fault] = [
            .init(.trunk, "trunk2", since: Self.now), .init(.endpoint, "105", since: Self.now),
        ]
        #expect(values(evaluate(.trunkDown) { $0.faults = faults }) == ["trunk2": 1])
        #expect(values(evaluate(.endpointDown) { $0.faults = faults }) == ["105": 1])
        let other = evaluate(.trunkDown) {
            $0.faults = faults
        } rule: {
            $0.trunks = ["other"]
        }
        #expect(other.findings.isEmpty)
        #expect(evaluate(.trunkDown) { $0.faults = nil }.blindness == .pbxs(["main"]))
    }

    @Test(arguments: [(30, 8, 0), (60, 8, 3600), (60, 6, 0), (120, 4, 7200)] as [(Int64, Double, Double)])
    func `silence counts only where so much silence is odd`(_ minutes: Int64, _ usual: Double, _ value: Double) {
        // With 8 calls an hour, half an hour without one is normal (4 expected), an hour is not (8 are more than 6.6).
        let evaluation = evaluate(.silence) { pbx in
            (pbx.lastIncoming, pbx.usualIncoming) = (Self.now - .seconds(minutes * 60), usual)
        }
        #expect(evaluation.findings.map(\.value) == [value])
        #expect(evaluate(.silence) { $0.lastIncoming = Self.now }.blindness == .pbxs(["main"]))
    }

    @Test func `figures of health have their names, and a figure that is missing is not known`() {
        let evaluation = evaluate(.stuckChannels) { $0.measures = [.init("stuck_channels", 2)] }
        #expect(evaluation.findings.map(\.value) == [2])
        #expect(evaluation.findings.first?.summary == "stuck_channels is 2 on main.")
        #expect(evaluate(.stuckChannels) { $0.measures = [] }.blindness == .pbxs(["main"]))
        #expect(evaluate(.jitter) { $0.measures = [] } == RuleEvaluation("rule", []))
        #expect(evaluate(.jitter) { $0.measures = nil }.blindness == .pbxs(["main"]))
    }

    @Test func `foreign countries, also such as were never called before`() {
        let night = evaluate(.internationalCalls) { pbx in
            pbx.outgoing = [
                Self.outgoing("+37167000001", country: "LV"), Self.outgoing("+4930123456"),
                Self.outgoing("+37167000002", age: 1801, country: "LV"),
            ]
        }
        #expect(values(night) == ["101": 1])
        #expect(night.findings.first?.causes == ["Countries: LV."])

        let country = evaluate(.newCountryCalls) { pbx in
            pbx.outgoing = [
                Self.outgoing("+37167000001", country: "LV"),
                Self.outgoing("+5350000001", country: "CU", isUsual: false),
                Self.outgoing("+5350000002", from: "102", country: "CU", isUsual: false),
            ]
        }
        #expect(values(country) == ["101": 1, "102": 1])
        let unknown = evaluate(.newCountryCalls) { pbx in
            pbx.outgoing = [Self.outgoing("+5350000001", country: "CU", isUsual: nil)]
        }
        #expect(unknown.blindness == .pbxs(["main"]))
    }

    @Test func `consecutive numbers, calls at once, and premium numbers`() {
        let sequence = evaluate(.sequentialCalls) { pbx in
            // …03, …01, …02, …05, and two of them again: three in a row.
            pbx.outgoing = [3, 1, 2, 5, 1, 2].map { Self.outgoing("+3716700000\($0)") }
            pbx.outgoing.append(Self.outgoing("+37167000004", from: "102"))
        }
        #expect(values(sequence) == ["101": 3, "102": 1])

        let atOnce = evaluate(.callsPerExtension) { pbx in
            for from in ["101", "101", "101", "102", ""] {
                var call = AlertSnapshot.Call(startedAt: Self.now)
                call.from = from
                pbx.calls.append(call)
            }
        }
        #expect(values(atOnce) == ["101": 3, "102": 1])
        let premium = evaluate(.premiumCalls) { $0.outgoing = [Self.outgoing("+499001234567", isPremium: true)] }
        #expect(values(premium) == ["101": 1])
    }

    @Test(arguments: [AlertMeasure.internationalCalls, .sequentialCalls, .newCountryCalls, .premiumCalls])
    func `no summary of fraud shows a number`(_ measure: AlertMeasure) {
        let evaluation = evaluate(measure) { pbx in
            pbx.outgoing = [Self.outgoing("+37167000001", country: "LV", isPremium: true, isUsual: false)]
        }
        let text = evaluation.findings.map { "\($0.summary) \($0.causes) \($0.callers) \($0.labels)" }.joined()
        #expect(!text.isEmpty && !text.contains("67000001"))
    }

    @Test func `figures of the warehouse need the warehouse`() {
        var snapshot = AlertSnapshot(at: Self.now)
        func values(_ measure: AlertMeasure) -> [Double]? {
            let evaluation = AlertRule("rule", measure, NagiosRange(low: 0, high: 0)).evaluation(of: snapshot)
            return evaluation.blindness == .everything ? nil : evaluation.findings.map(\.value)
        }
        #expect(values(.loadAge) == nil && values(.callbackAge) == nil && values(.loadFailed) == nil)
        snapshot.loads = [
            .init(pbx: "main", succeededAt: Self.now - .seconds(100), failedAt: Self.now - .seconds(50), rejects: 3),
            .init(pbx: "old", succeededAt: Self.now - .seconds(100), failedAt: Self.now - .seconds(150), rejects: 0),
            .init(pbx: "new", succeededAt: nil, failedAt: nil, rejects: 0),
        ]
        snapshot.owed = [
            .init(pbx: "main", queues: ["support"], lostAt: Self.now - .seconds(10)),
            .init(pbx: "main", queues: [], lostAt: Self.now - .seconds(2000)),
        ]
        #expect(values(.loadAge) == [100, 100, .infinity])
        #expect(values(.loadFailed) == [1, 0, 0])
        #expect(values(.rejects) == [3, 0, 0])
        #expect(values(.callbackAge) == [2000])
        snapshot.certificates = [.init(name: "serve", endsAt: Self.now + .seconds(86_400 * 3))]
        #expect(values(.certificateDays) == [3])
    }

    @Test func `messages that wait for a receiver are counted, unless another program delivers them`() {
        var snapshot = AlertSnapshot(at: Self.now)
        func evaluation(_ measure: AlertMeasure) -> RuleEvaluation {
            AlertRule("rule", measure, NagiosRange(low: 0, high: 0)).evaluation(of: snapshot)
        }
        #expect(evaluation(.undeliveredAge).blindness == .everything)
        snapshot.receivers = [
            .init(name: "mail", waiting: 2, oldest: Self.now - .seconds(90), reason: "No connection."),
            .init(name: "chat", waiting: 0, oldest: nil),
        ]
        #expect(evaluation(.undeliveredAge).findings.map(\.value) == [90, 0])
        #expect(evaluation(.undeliveredMessages).findings.map(\.value) == [2, 0])
        let first = evaluation(.undeliveredMessages).findings.first
        #expect(first?.labels == ["receiver": "mail"] && first?.causes == ["No connection."])
        #expect(first?.summary == "2 messages wait for mail, the first for 1:30.")
    }
}
