import Services
import Switchboard
import TestSupport
import Testing

@testable import Serve

@Suite struct TrunkMetricsTests {
    @Test func `each trunk has its series, and phones have none`() {
        typealias Line = HealthReport.Line
        var endpoints = HealthReport.Section("endpoints", .ok, "")
        endpoints.lines = [
            Line(name: "101", isReachable: true), Line(name: "PJSIP/103", isReachable: false),
            Line(name: "provider", isReachable: true), Line(name: "gsm", isReachable: false), Line(name: "door"),
        ]
        var registrations = HealthReport.Section("registrations", .ok, "")
        registrations.lines = [Line(name: "provider", isRegistered: true), Line(name: "second", isRegistered: false)]
        let report = HealthReport(sections: [endpoints, registrations], time: 1000)
        var calls = ActiveCalls(variablesPerCall: 0)
        let names = ["PJSIP/provider-00000001", "PJSIP/provider-0000000a", "PJSIP/101-00000002"]
        calls.replace(
            with: names.enumerated().map { ChannelSnapshot(name: $1, uniqueid: "1.\($0)", linkedid: "1.0") },
            at: 1000
        )
        var state = LiveFixture.state()
        state.calls = calls.longestFirst
        let families = TrunkMetrics(states: [state], histories: [.init(pbx: "main", report: report)]).families
        let lines = MetricsText(format: .text).render(families).split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(
            lines == [
                "crm_voip_trunk_registered{pbx=\"main\",trunk=\"provider\"} 1",
                "crm_voip_trunk_registered{pbx=\"main\",trunk=\"second\"} 0",
                "crm_voip_trunk_reachable{pbx=\"main\",trunk=\"gsm\"} 0",
                "crm_voip_trunk_reachable{pbx=\"main\",trunk=\"provider\"} 1",
                "crm_voip_trunk_channels{pbx=\"main\",trunk=\"door\"} 0",
                "crm_voip_trunk_channels{pbx=\"main\",trunk=\"gsm\"} 0",
                "crm_voip_trunk_channels{pbx=\"main\",trunk=\"provider\"} 2",
                "crm_voip_trunk_channels{pbx=\"main\",trunk=\"second\"} 0",
            ]
        )
    }

    @Test func `the number of series is limited`() {
        var section = HealthReport.Section("registrations", .ok, "")
        section.lines = (1...500).map { HealthReport.Line(name: "trunk\($0)", isRegistered: true) }
        let report = HealthReport(sections: [section], time: 1000)
        let families = TrunkMetrics(states: [], histories: [.init(pbx: "main", report: report)]).families
        #expect(families.map(\.samples.count) == [64, 0, 64])
    }
}
