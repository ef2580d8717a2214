import AMI
import Base
import Switchboard
import Testing
import TestSupport

@testable import AMIClient

private let denied = "Response: Error\r\nActionID: {id}\r\nMessage: Permission denied\r\n\r\n"
private let absent = "Response: Error\r\nActionID: {id}\r\nMessage: Invalid/unknown command: X. Use Action\r\n\r\n"

/// A list as sent by Asterisk 13.2 and later.
private func list(_ complete: String, _ items: String...) -> String {
    let body = items.map { "\($0)\r\nActionID: {id}\r\n\r\n" }.joined()
    return "Response: Success\r\nActionID: {id}\r\nEventList: start\r\nMessage: will follow\r\n\r\n" + body
        + "Event: \(complete)\r\nActionID: {id}\r\nEventList: Complete\r\nListItems: \(items.count)\r\n\r\n"
}

extension ByteServerTests {
    /// Endpoints and registrations as reported by PBXs with chan_sip, with both channel drivers, and with few rights.
    @Suite struct LineHealthTests {
        private func check(
            _ answers: [(action: String, answer: String)],
            _ look: @Sendable (HealthCheck, ManagerClient) async -> HealthReport.Section
        ) async throws -> HealthReport.Section {
            let script = FakePBX.welcome + answers.flatMap { [.hear($0.action), .say($0.answer)] as [FakePBX.Step] }
            return try await FakePBX.with(script) { pbx in
                let configuration = ManagerConfiguration(port: pbx.port, username: "crm", secret: "x")
                let check = HealthCheck(configuration)
                return try await ManagerClient.withConnection(configuration) { await look(check, $0) }
            }
        }

        private func endpoints(_ answers: (String, String)...) async throws -> HealthReport.Section {
            try await check(answers) { await $0.endpoints($1) }
        }

        @Test func `an Asterisk with only chan_sip`() async throws {
            let peers = list(
                "PeerlistComplete",
                "Event: PeerEntry\r\nChanneltype: SIP\r\nObjectName: 101\r\nIPaddress: 192.0.2.5\r\nStatus: OK (5 ms)",
                "Event: PeerEntry\r\nChanneltype: SIP\r\nObjectName: 102\r\nIPaddress: -none-\r\nStatus: UNKNOWN"
            )
            let section = try await endpoints(
                ("PJSIPShowEndpoints", absent),
                ("PJSIPShowContacts", absent),
                ("SIPpeers", peers)
            )
            #expect(section.summary == "1 of 2 endpoints reachable; not 102")
        }

        @Test func `both, and an empty list of PJSIP`() async throws {
            let none = "Response: Error\r\nActionID: {id}\r\nMessage: No endpoints found\n\r\n\r\n"
            let peer = "Event: PeerEntry\r\nObjectName: 101\r\nIPaddress: 192.0.2.5\r\nStatus: UNREACHABLE"
            let section = try await endpoints(
                ("PJSIPShowEndpoints", none),
                ("PJSIPShowContacts", none),
                ("SIPpeers", list("PeerlistComplete", peer))
            )
            #expect(section.summary == "0 of 1 endpoints reachable; not 101")
        }

        @Test func `device states replace lists that may not be read, and nothing else`() async throws {
            let devices = list(
                "DeviceStateListComplete",
                "Event: DeviceStateChange\r\nDevice: PJSIP/desk\r\nState: NOT_INUSE",
                "Event: DeviceStateChange\r\nDevice: PJSIP/drawer\r\nState: UNAVAILABLE",
                // Listed already by SIPpeers.
                "Event: DeviceStateChange\r\nDevice: SIP/101\r\nState: NOT_INUSE",
                "Event: DeviceStateChange\r\nDevice: Queue:sales_avail\r\nState: INUSE"
            )
            let peer = "Event: PeerEntry\r\nObjectName: 101\r\nIPaddress: 192.0.2.5\r\nStatus: OK (5 ms)"
            let section = try await endpoints(
                ("PJSIPShowEndpoints", denied),
                ("PJSIPShowContacts", denied),
                ("SIPpeers", list("PeerlistComplete", peer)),
                ("DeviceStateList", devices)
            )
            #expect(section.summary == "2 of 3 endpoints reachable; not PJSIP/drawer")
        }

        @Test func `missing rights are reported`() async throws {
            let nothing = try await endpoints(
                ("PJSIPShowEndpoints", absent),
                ("PJSIPShowContacts", absent),
                ("SIPpeers", absent)
            )
            #expect(nothing.state == .skipped && nothing.summary == "the PBX has neither PJSIP nor SIP")
            // There is no module for device states: then the missing right to the list itself is reported.
            let hidden = try await endpoints(
                ("PJSIPShowEndpoints", denied),
                ("PJSIPShowContacts", denied),
                ("SIPpeers", absent),
                ("DeviceStateList", absent)
            )
            #expect(hidden.state == .skipped && hidden.summary.contains("write=system"), "\(hidden.summary)")
            let closed = try await endpoints(
                ("PJSIPShowEndpoints", denied),
                ("PJSIPShowContacts", denied),
                ("SIPpeers", denied),
                ("DeviceStateList", denied)
            )
            #expect(closed.state == .skipped && closed.summary.contains("write=call or write=reporting"))
        }

        @Test func `registrations of chan_sip`() async throws {
            let entries = list(
                "RegistrationsComplete",
                "Event: RegistryEntry\r\nHost: sip.example\r\nUsername: 4930\r\nDomain: sip.example\r\nState: Registered",
                "Event: RegistryEntry\r\nHost: sip.example\r\nUsername: 4940\r\nDomain: sip.example\r\nState: No Authentication"
            )
            let section = try await check([("PJSIPShowRegistrationsOutbound", absent), ("SIPshowregistry", entries)]) {
                await $0.registrations($1)
            }
            #expect(section.summary == "1 of 2 registered; not 4940@sip.example (No Authentication)")
        }
    }
}
