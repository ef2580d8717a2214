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

    @Test func `the text format names a counter with its ending`() {
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

    @Test(arguments: [
        (0.0, "0"), (1e16, "1e+16"), (-2, "-2"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
    ])
    func `numbers are written as both formats read them`(value: Double, text: String) {
        #expect(MetricsText.number(value) == text)
    }
}
