import Base
import Reporting
import Testing

@testable import Serve
@testable import Services

@Suite struct ReceiversViewTests {
    private let now = Moment(seconds: 1_795_860_000)

    private var failing: DeliveryStatus {
        DeliveryStatus(
            receiver: "<leads>",
            queued: 2,
            oldest: now + .seconds(-90),
            delivered: 7,
            failed: 1,
            expired: 3,
            lastDelivery: nil,
            lastFailure: Moment(seconds: 1_795_859_000),
            lastReason: "a:80 answered 400: <b>",
            failingSince: now + .seconds(-90),
            reason: "a:80 cannot be reached"
        )
    }

    @Test func `without receivers there is no table and no series`() {
        #expect(ReceiversView(receivers: []).markup.html == "")
        #expect(MetricsText(format: .text).render(DeliveryMetrics(receivers: [], now: now).families) == "")
    }

    @Test func `a receiver that fails shows why, what waits and what was given up, and texts stay texts`() {
        let html = ReceiversView(receivers: [failing]).markup.html
        #expect(html.contains("<th scope=\"row\">&lt;leads&gt;</th>"))
        #expect(html.contains("failing") && html.contains("a:80 cannot be reached"))
        // 1 failed and 3 expired; 1795859000 is 16 minutes and 40 seconds before 10:00.
        #expect(html.contains("<td data-label=\"Given up\">4, the last 2026-11-28 09:43:20 UTC"))
        #expect(html.contains("a:80 answered 400: &lt;b&gt;"))
    }

    @Test func `its series say the same`() {
        let text = MetricsText(format: .text).render(DeliveryMetrics(receivers: [failing], now: now).families)
        for line in [
            "crm_voip_alert_messages_total{receiver=\"<leads>\",outcome=\"delivered\"} 7",
            "crm_voip_alert_messages_total{receiver=\"<leads>\",outcome=\"failed\"} 1",
            "crm_voip_alert_messages_total{receiver=\"<leads>\",outcome=\"expired\"} 3",
            "crm_voip_alert_messages_queued{receiver=\"<leads>\"} 2",
            "crm_voip_alert_messages_oldest_seconds{receiver=\"<leads>\"} 90",
            "crm_voip_alert_receiver_up{receiver=\"<leads>\"} 0",
        ] {
            #expect(text.split(separator: "\n").contains(Substring(line)))
        }
    }
}
