import Base
import CallRecords
import TestSupport
import Testing

@testable import Serve
@testable import Services

/// Counters and histograms of queues and requests, as both formats have them.
@Suite struct CounterMetricsTests {
    private static let families: [MetricFamily] = {
        var totals = QueueTotals()
        var visit = QueueVisit(queue: "Support", entry: 1, enteredAt: 0)
        (visit.outcome, visit.wait) = (.answered, 20)
        totals.count(visit, QueueDay.Limits(serviceLevel: 20, shortAbandon: 5))
        (visit.outcome, visit.wait) = (.exitEmpty, 601)
        totals.count(visit, QueueDay.Limits(serviceLevel: 20, shortAbandon: 5))
        totals.countTalk(seconds: 65)
        var state = LiveFixture.state()
        state.totals = [QueueName.key("Support"): totals]
        return QueueTotalsMetrics(states: [state]).families
    }()

    private static func lines(_ format: MetricsText.Format) -> [String] {
        MetricsText(format: format).render(families).split(separator: "\n").map(String.init)
    }

    @Test func `a queue's counters have every outcome, and an idle queue has zeros`() {
        let lines = Self.lines(.text)
        let name = "crm_voip_queue_visits_total{pbx=\"main\",queue="
        #expect(
            lines.filter { $0.hasPrefix(name + "\"support\"") } == [
                name + "\"support\",outcome=\"answered\"} 1", name + "\"support\",outcome=\"abandoned\"} 0",
                name + "\"support\",outcome=\"timed_out\"} 0", name + "\"support\",outcome=\"exit_key\"} 0",
                name + "\"support\",outcome=\"exit_empty\"} 1", name + "\"support\",outcome=\"withdrawn\"} 0",
                name + "\"support\",outcome=\"unserved\"} 0",
            ]
        )
        #expect(lines.filter { $0.hasPrefix(name + "\"sales\"") && $0.hasSuffix(" 0") }.count == 7)
        #expect(lines.contains("crm_voip_queue_answered_in_time_total{pbx=\"main\",queue=\"support\"} 1"))
        #expect(lines.contains("# TYPE crm_voip_queue_visits_total counter"))
    }

    @Test func `OpenMetrics names the types, and waits have nine classes`() {
        let lines = Self.lines(.openMetrics)
        for type in ["visits counter", "answered_in_time counter", "wait_seconds histogram", "talk_seconds summary"] {
            #expect(lines.contains("# TYPE crm_voip_queue_\(type)"))
        }
        let labels = "{pbx=\"main\",queue=\"support\",outcome=\"lost\""
        let limits = ["5.0", "10.0", "20.0", "30.0", "60.0", "120.0", "300.0", "600.0"]
        let name = "crm_voip_queue_wait_seconds"
        #expect(
            lines.filter { $0.contains(labels) && $0.hasPrefix(name) }
                == limits.map { "\(name)_bucket\(labels),le=\"\($0)\"} 0" } + [
                    "\(name)_bucket\(labels),le=\"+Inf\"} 1", "\(name)_sum\(labels)} 601", "\(name)_count\(labels)} 1",
                ]
        )
        #expect(lines.contains("crm_voip_queue_talk_seconds_sum{pbx=\"main\",queue=\"support\"} 65"))
        #expect(lines.contains("crm_voip_queue_talk_seconds_count{pbx=\"main\",queue=\"support\"} 1"))
        #expect(lines.last == "# EOF")
    }

    @Test func `times of requests are kept by route, and unknown paths share one`() {
        let counters = RequestCounters()
        counters.count(route: "/calls/{id}", method: .get, status: .ok, time: .milliseconds(5))
        counters.count(route: "/calls/{id}", method: .get, status: .notFound, time: .milliseconds(6))
        counters.count(route: nil, method: .get, status: .notFound, time: .seconds(6))
        counters.count(route: nil, method: nil, status: .notFound, time: .seconds(1))
        #expect(counters.times.map(\.route) == ["/calls/{id}", "none"])
        // Classes up to 5, 10, 25, 50, 100, 250, 500, 1,000, 2,500 and 5,000 milliseconds, and more.
        #expect(
            counters.times.map(\.histogram.counts) == [
                [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1],
            ]
        )
        #expect(counters.times.map(\.histogram.sum) == [.milliseconds(11), .seconds(7)])
        #expect(counters.all.map(\.count) == [1, 1, 1, 1])
    }
}
