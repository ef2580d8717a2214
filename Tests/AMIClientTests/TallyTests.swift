import AMI
import Base
import Switchboard
import Testing
import TestSupport

@testable import AMIClient

/// The findings of `health` from the PBX's lists and reports, in the words of each version.
@Suite struct TallyTests {
    private func endpoint(_ name: String, aor: String, _ state: String) -> Message {
        Message(["Event": "EndpointList", "ObjectName": name, "Aor": aor, "DeviceState": state])
    }

    private func peer(_ name: String, _ address: String, _ status: String) -> Message {
        Message(["Event": "PeerEntry", "ObjectName": name, "IPaddress": address, "Status": status])
    }

    private func section(_ items: [Message]) -> HealthReport.Section {
        var tally = EndpointTally()
        items.compactMap { LineSnapshotItem($0) }.forEach { tally.take($0) }
        return tally.section
    }

    private func values(_ section: HealthReport.Section) -> [String: Double] {
        Dictionary(uniqueKeysWithValues: section.measures.map { ($0.name, $0.value) })
    }

    @Test func `endpoints of PJSIP and their contacts`() {
        let found = section([
            endpoint("desk", aor: "desk", "Not in use"), endpoint("talks", aor: "talks", "In use"),
            endpoint("drawer", aor: "drawer", "Unavailable"), endpoint("broken", aor: "broken", "Invalid"),
            // A trunk that is identified by its address cannot be queried.
            endpoint("provider", aor: "", "Unavailable"),
            Message(["Event": "ContactList", "ObjectName": "desk;@1", "Status": "Reachable", "RoundtripUsec": "28500"]),
            Message(["Event": "ContactList", "ObjectName": "desk;@2", "Status": "Unreachable", "RoundtripUsec": "N/A"]),
        ])
        #expect(found.summary == "2 of 5 endpoints reachable; not drawer, broken; 1 can only call in")
        #expect(
            values(found) == [
                "endpoints": 5, "unreachable_endpoints": 2, "unreachable_contacts": 1, "endpoint_rtt_ms": 28.5,
            ]
        )
    }

    @Test func `peers of chan_sip`() {
        let found = section([
            peer("101", "192.0.2.5", "OK (7 ms)"), peer("102", "192.0.2.6", "LAGGED (2104 ms)"),
            peer("103", "192.0.2.7", "UNREACHABLE"), peer("104", "-none-", "UNKNOWN"),
            peer("105", "-none-", "Unmonitored"), peer("106", "192.0.2.8", "Unmonitored"),
        ])
        #expect(found.summary == "3 of 6 endpoints reachable; not 103, 104, 105")
        #expect(values(found)["endpoint_rtt_ms"] == 2104)
    }

    @Test func `many names stay one line`() {
        let found = section((1...8).map { endpoint("\($0)", aor: "\($0)", "Unavailable") })
        #expect(found.summary == "0 of 8 endpoints reachable; not 1, 2, 3, 4, 5 and 3 more")
        #expect(section([]).state == .skipped)
    }

    @Test func `registrations of PJSIP and chan_sip`() {
        var tally = RegistrationTally()
        #expect(tally.section.state == .skipped)
        for item in [
            Message(["Event": "OutboundRegistrationDetail", "ObjectName": "home", "Status": "Registered"]),
            // PJSIP includes the accounts, with passwords, in the same list.
            Message(["Event": "AuthDetail", "ObjectName": "home", "Password": "not to be seen"]),
            Message(["Event": "OutboundRegistrationDetail", "ObjectName": "isp", "Status": "Rejected"]),
            Message(["Event": "RegistryEntry", "Username": "4930", "Domain": "sip.example", "State": "Registered"]),
            Message(["Event": "RegistryEntry", "Username": "4940", "Domain": "sip.example", "State": "Auth. Sent"]),
        ] {
            if let item = LineSnapshotItem(item) { tally.take(item) }
        }
        #expect(tally.section.summary == "2 of 4 registered; not isp (Rejected), 4940@sip.example (Auth. Sent)")
        #expect(values(tally.section)["failed_registrations"] == 2)
    }

    private func report(_ name: String, _ headers: KeyValuePairs<String, String>) -> MediaReport {
        var message = Message(["Event": name, "Channel": "PJSIP/desk-1"])
        for (name, value) in headers { message = message.adding(name, value) }
        return MediaReport(message)
    }

    @Test func `the worst report counts`() throws {
        var tally = QualityTally()
        #expect(tally.section == nil)
        // A sender's report without a block says nothing about received audio.
        tally.take(report("RTCPReceived", ["RTT": "0.0000", "MES": " 0.0", "ReportCount": "0"]))
        #expect(tally.section == nil)
        tally.take(
            report(
                "RTCPReceived",
                ["RTT": "0.0400", "MES": "88.1", "Report0FractionLost": "0", "Report0IAJitter": "80"]
            )
        )
        tally.take(
            report("RTCPSent", ["RTT": "0.1200", "MES": "61.5", "Report0FractionLost": "64", "Report0IAJitter": "16"])
        )
        let section = try #require(tally.section)
        #expect(
            values(section) == [
                "packet_loss_pct": 25, "jitter_ms": 10, "media_rtt_ms": 120, "media_experience": 61.5,
            ]
        )
        #expect(
            section.summary == "2 reports of 1 channels, worst loss 25 % (PJSIP/desk-1), jitter 10 ms, "
                + "round trip 120 ms, experience 61.5 of 100"
        )
    }

    /// Opus counts its jitter in 48ths of a millisecond.
    @Test func `jitter is measured by the stream's own clock`() throws {
        var tally = QualityTally()
        for (time, ticks) in [("1795627427.282149", "4000"), ("1795627432.281149", "243950")] {
            tally.take(report("RTCPSent", ["SSRC": "0x28b01894", "SentNTP": time, "SentRTP": ticks]))
        }
        tally.take(
            report(
                "RTCPReceived",
                ["Report0SourceSSRC": "0x28b01894", "Report0FractionLost": "0", "Report0IAJitter": "480"]
            )
        )
        #expect(values(try #require(tally.section))["jitter_ms"] == 10)
    }

    @Test func `a report of Asterisk 11`() throws {
        var tally = QualityTally()
        let message = Message([
            "Event": "RTCPReceived", "From": "192.0.2.5:4001", "PT": "201(Receiver Report)",
            "ReceptionReports": "1", "FractionLost": "128", "IAJitter": "40", "RTT": "0",
        ])
        tally.take(MediaReport(message))
        #expect(values(try #require(tally.section)) == ["packet_loss_pct": 50, "jitter_ms": 5])
    }
}

extension Message {
    fileprivate func adding(_ name: String, _ value: String) -> Message {
        Message(headers: headers + [Header(name: Array(name.utf8), value: Array(value.utf8))])
    }
}
