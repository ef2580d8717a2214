import Base
import Testing

@testable import Switchboard

/// Names of queues and endpoints in a health report: a name sends nothing but itself to a terminal, log or monitoring
/// system.
struct HealthTextTests {
    private static let name = "a\u{1B}[31mb\u{9B}1m\u{202E}c\u{200B}\u{E0041}\nd\u{FF1D}"

    private static let report = HealthReport(
        sections: [
            .init("queues", .warning, "\(name) waits", [.init("queue_wait", 5, unit: "s", subject: name)])
        ],
        time: Moment(seconds: 0)
    )

    @Test(arguments: ["text", "nagios", "prometheus", "json"])
    func `a name cannot add lines or values`(format: String) {
        let text =
            switch format {
            case "text": Self.report.text
            case "nagios": Self.report.nagios
            case "prometheus": Self.report.prometheus
            default: Self.report.json.line
            }
        let alive = text.unicodeScalars.filter { scalar in
            [.control, .format].contains(scalar.properties.generalCategory) && scalar != "\n"
        }
        #expect(alive.isEmpty, "\(alive.map(\.value))")
        #expect(text.contains("d\u{FF1D}"))
        // A line that a name could begin would be a forged line.
        #expect(!text.split(separator: "\n").contains { $0.hasPrefix("d") })
        if format == "nagios" { #expect(!text.contains("\n")) }
    }
}
