import AMIClient
import Switchboard
import Testing
import TestSupport

extension LiveTests {
    /// What `health` sees of PJSIP: a registered phone, a trunk that answers and one that does not, a phone that is
    /// never connected, an active registration and a rejected one, and calls with audio.
    @Suite struct LineHealthTests {
        private func look(
            at name: String,
            as user: String,
            listening: Duration = .seconds(1)
        ) async throws -> HealthReport.Section {
            var check = HealthCheck(try Live.configuration(user))
            check.scope = .full
            check.listening = listening
            let report = await check.run()
            return try #require(report.sections.first { $0.name == name }, "\(report.text)")
        }

        private func value(_ section: HealthReport.Section, _ name: String) -> Double? {
            section.measures.first { $0.name == name }?.value
        }

        @Test func `endpoints and their addresses`() async throws {
            // PJSIP queries the trunks for the first time some seconds after its start.
            let section = try await Live.eventually("The phones are known.", within: .seconds(20)) {
                let section = try await look(at: "endpoints", as: "full")
                return section.summary == "2 of 5 endpoints reachable; not away, drawer; 1 can only call in"
                    ? section : nil
            }
            // PJSIP lists the addresses of registered phones, but not fixed ones.
            #expect(value(section, "unreachable_contacts") == 0)
            let roundTrip = try #require(value(section, "endpoint_rtt_ms"))
            #expect(roundTrip > 0 && roundTrip < 1000)
        }

        /// Without write=system, the states of devices are used, and the trunk that only calls in counts as
        /// unreachable.
        @Test(arguments: ["least", "monitor"])
        func `endpoints by the states of devices`(user: String) async throws {
            let section = try await Live.eventually("The phones are known.", within: .seconds(20)) {
                let section = try await look(at: "endpoints", as: user)
                return value(section, "unreachable_endpoints") == 3 ? section : nil
            }
            #expect(section.summary.hasPrefix("2 of 5 endpoints reachable; not PJSIP/"))
        }

        @Test(arguments: ["full", "monitor"])
        func `an active registration and a rejected one`(user: String) async throws {
            let section = try await Live.eventually("PJSIP has registered.", within: .seconds(20)) {
                let section = try await look(at: "registrations", as: user)
                return section.summary == "1 of 2 registered; not provider (Rejected)" ? section : nil
            }
            #expect(value(section, "failed_registrations") == 1)
        }

        @Test func `missing rights are named`() async throws {
            for name in ["endpoints", "registrations"] {
                let section = try await look(at: name, as: "none")
                #expect(section.state == .skipped && section.summary.contains("write="), "\(section.summary)")
            }
        }

        @Test func `the quality of a call with sound`() async throws {
            try await Live.with { client in
                _ = try await Live.conversation(CallControl(client), with: "dial-desk", from: "PJSIP/line")
                let section = try await look(at: "quality", as: "monitor", listening: .seconds(3))
                #expect(section.state == .ok, "\(section.summary)")
                #expect(value(section, "packet_loss_pct") == 0)
                let jitter = try #require(value(section, "jitter_ms"))
                #expect(jitter < 200)
                let experience = try #require(value(section, "media_experience"))
                #expect((50...100).contains(experience), "\(section.summary)")
                // A user who may not read reports receives none.
                let deaf = try await look(at: "quality", as: "deaf")
                #expect(deaf.state == .skipped && deaf.summary.contains("read=reporting"))
            }
        }
    }
}
