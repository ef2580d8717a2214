import Switchboard
import Testing

@testable import Serve

@Suite struct MetricsTextTests {
    private static let families: [MetricFamily] = {
        var visits = MetricFamily("visits", .counter, "Visits.")
        visits.add(3, [("queue", "a\"b\\c\nd\re")])
        var wait = MetricFamily("wait_seconds", .gauge, unit: "seconds", "A \"wait\".")
        wait.add(1.5)
        var build = MetricFamily("build", .info, "Build.")
        build.add(1, [("version", "1")])
        return [visits, MetricFamily("empty", .gauge, "Nothing."), wait, build]
    }()

    @Test func `a queue's name cannot control a terminal that shows the metrics`() {
        var family = MetricFamily("calls", .gauge, "Calls.")
        family.add(1, [("queue", "a\u{1B}[31m\u{9B}\u{202E}\u{200B}b")])
        let text = MetricsText(format: .text).render([family])
        #expect(text.contains("{queue=\"a\u{FFFD}[31m\u{FFFD}\u{FFFD}\u{FFFD}b\"}"))
    }

    @Test func `the text format names a counter with its suffix`() {
        #expect(
            MetricsText(format: .text).render(Self.families) == """
                # HELP visits_total Visits.
                # TYPE visits_total counter
                visits_total{queue="a\\"b\\\\c\\nde"} 3
                # HELP wait_seconds A "wait".
                # TYPE wait_seconds gauge
                wait_seconds 1.5
                # HELP build_info Build.
                # TYPE build_info gauge
                build_info{version="1"} 1

                """
        )
    }

    @Test func `OpenMetrics names the family, has units, and an end`() {
        #expect(
            MetricsText(format: .openMetrics).render(Self.families) == """
                # HELP visits Visits.
                # TYPE visits counter
                visits_total{queue="a\\"b\\\\c\\nde"} 3
                # HELP wait_seconds A \\"wait\\".
                # TYPE wait_seconds gauge
                # UNIT wait_seconds seconds
                wait_seconds 1.5
                # HELP build Build.
                # TYPE build info
                build_info{version="1"} 1
                # EOF

                """
        )
    }

    @Test func `a histogram adds its classes up, and has a sum and a count`() {
        var family = MetricFamily("wait_seconds", .histogram, unit: "seconds", "Waits.")
        family.add(limits: [0.5, 1], counts: [2, 0, 3], sum: 9.5, [("pbx", "main")])
        #expect(
            MetricsText(format: .openMetrics).render([family]) == """
                # HELP wait_seconds Waits.
                # TYPE wait_seconds histogram
                # UNIT wait_seconds seconds
                wait_seconds_bucket{pbx="main",le="0.5"} 2
                wait_seconds_bucket{pbx="main",le="1.0"} 2
                wait_seconds_bucket{pbx="main",le="+Inf"} 5
                wait_seconds_sum{pbx="main"} 9.5
                wait_seconds_count{pbx="main"} 5
                # EOF

                """
        )
    }

    @Test func `measures of health are in base units`() {
        let cases: [(String, String, String, Double)] = [
            ("ping_ms", "ms", "ping_seconds", 0.001), ("packet_loss_pct", "%", "packet_loss_ratio", 0.01),
            ("uptime_s", "s", "uptime_seconds", 1), ("queue_wait", "s", "queue_wait_seconds", 1),
            ("calls", "", "calls", 1),
        ]
        for (name, unit, expected, factor) in cases {
            let found = HealthMetrics.unit(of: .init(name, 1, unit: unit))
            #expect(found.name == expected && found.factor == factor, "\(name)")
        }
    }

    @Test(arguments: [
        (0.0, "0"), (1e16, "1e+16"), (-2, "-2"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
    ])
    func `numbers are written as both formats read them`(value: Double, text: String) {
        #expect(MetricsText.number(value) == text)
    }
}
