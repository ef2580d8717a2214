import AMI
import Base
import Switchboard
import Testing
import TestSupport

@testable import AMIClient

@Suite struct HealthTests {
    @Test(
        arguments: [
            ("10", [(-1, true), (0, false), (10, false), (10.5, true)]),
            ("10:", [(9, true), (10, false), (1e9, false)]),
            ("~:10", [(-5, false), (11, true)]), ("10:20", [(9, true), (15, false), (21, true)]),
            ("@10:20", [(9, false), (10, true), (20, true), (21, false)]), ("0", [(0, false), (1, true)]),
        ] as [(String, [(Double, Bool)])]
    )
    func rangesOfGoodValues(_ text: String, _ cases: [(Double, Bool)]) throws {
        let range = try #require(NagiosRange(text))
        for (value, alarms) in cases { #expect(range.alarms(value) == alarms, "\(value)") }
    }

    @Test(arguments: ["", "@", "a", "1:2:3", "20:10", ":a"]) func noRanges(_ text: String) {
        #expect(NagiosRange(text) == nil)
    }

    @Test func rangesOfTheirEnds() {
        #expect(NagiosRange(low: 0, high: 10).description == "10")
        #expect(NagiosRange(low: 300, high: .infinity).description == "300:")
        #expect(NagiosRange(low: -.infinity, high: 2.5).description == "~:2.5")
        #expect(NagiosRange(low: 10, high: 20, isInverted: true).description == "@10:20")
        #expect(NagiosRange(low: 0, high: .infinity).description == "0:")
    }

    private var report: HealthReport {
        var wait = HealthReport.Measure("queue_wait", 200, unit: "s", subject: "it's=|new")
        wait.warning = NagiosRange("60")
        wait.critical = NagiosRange("180")
        return HealthReport(
            sections: [
                .init("connection", .ok, "fine", [.init("ping_ms", 1.25, unit: "ms")]),
                .init("queues", .ok, "a | b", [wait]),
                .init("endpoints", .skipped, "no PJSIP"), .init("core", .warning, "old"),
            ],
            time: 1_795_400_000
        )
    }

    @Test func theWorstDecides() {
        #expect(report.state == .critical)
        #expect(HealthReport(sections: [.init("a", .skipped, "")], time: 0).state == .unknown)
        #expect(
            HealthReport(sections: [.init("a", .warning, ""), .init("b", .unknown, "")], time: 0).state == .unknown
        )
        var strict = HealthReport(sections: [.init("a", .ok, ""), .init("b", .skipped, "")], time: 0)
        #expect(strict.state == .ok)
        strict.require(["a"])
        #expect(strict.state == .ok)
        strict.require(["b"])
        #expect(strict.state == .unknown)
        // `health --queues --require channels`: a part that was left out is also unknown.
        var narrow = HealthReport(sections: [.init("queues", .ok, "")], time: 0)
        narrow.require(["channels"])
        #expect(narrow.state == .unknown)
    }

    @Test func oneLineForNagios() {
        #expect(
            report.nagios
                == "CRITICAL: queues critical: a   b; core warning: old | 'ping_ms'=1.25ms;; 'it''s__new.queue_wait'=200s;60;180"
        )
    }

    @Test func aFileForPrometheus() {
        let lines = report.prometheus.split(separator: "\n")
        #expect(lines.contains("crm_voip_health{section=\"queues\"} 2"))
        #expect(lines.contains("crm_voip_queue_wait{queue=\"it's=|new\"} 200"))
        #expect(!report.prometheus.contains("endpoints"))
    }

    @Test func theWorstComesFirstForAPerson() {
        #expect(
            report.text.split(separator: "\n").map { $0.prefix { $0 != " " } } == [
                "CRITICAL", "WARNING", "OK", "SKIPPED",
            ]
        )
    }

    @Test func theLeastRightsAreEnoughAndHarmless() {
        #expect(Set(Doctor.leastWrite()) == ["call", "agent", "originate", "reporting"])
    }

    @Test func aFileOfCertificatesThatIsNotThereIsOurFault() async {
        var setup = ManagerConfiguration(port: 1, username: "x", secret: "y")
        setup.tls = true
        setup.caFile = "/nonexistent/ca.pem"
        let fixed = setup
        let error = await #expect(throws: ManagerError.self) { try await ManagerClient.withConnection(fixed) { _ in } }
        #expect(error?.code == .configuration)
        #expect(await HealthCheck(fixed).run().state == .unknown)
    }

    @Test func whatIsDownIsCritical() async {
        var nobody = ManagerConfiguration(port: 1, username: "x", secret: "y")
        nobody.connectTimeout = .seconds(1)
        let report = await HealthCheck(nobody).run()
        #expect(report.state == .critical)
        #expect(report.sections.dropFirst().allSatisfy { $0.state == .skipped })
    }
}

extension ByteServerTests {
    @Suite struct HealthOfAServerTests {
        @Test func aPBXThatHangsDoesNotHangTheCheck() async throws {
            let report = try await FakePBX.with(FakePBX.welcome + [.hear("Never")]) { pbx in
                var check = HealthCheck(ManagerConfiguration(port: pbx.port, username: "x", secret: "y"))
                check.deadline = .seconds(3)
                return await check.run()
            }
            #expect(report.state == .critical)
            #expect(report.sections.first { $0.name == "queues" }?.state == .unknown)
        }

        @Test func aRefusedLoginIsOurFault() async throws {
            let script: [FakePBX.Step] = [
                .say("Asterisk Call Manager/11.0.0\r\n"), .hear("Challenge"),
                .say("Response: Error\r\nActionID: {id}\r\nMessage: Authentication failed\r\n\r\n"), .hangUp,
            ]
            let report = try await FakePBX.with(script) { pbx in
                await HealthCheck(ManagerConfiguration(port: pbx.port, username: "x", secret: "y")).run()
            }
            #expect(report.state == .unknown)
        }
    }
}
