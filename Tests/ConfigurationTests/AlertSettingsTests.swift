import Base
import Testing

@testable import Configuration

@Suite struct AlertSettingsTests {
    @Test func `a rule has the keys that are set, and defaults for the rest`() throws {
        let folder = try TemporaryFolder()
        let alerts = try folder.settings(
            """
            [alerts]
            remind = 3600
            [alerts.schedules.business]
            hours = "mon-fri 09:00-18:00"
            [alerts.rules.wait]
            measure = "queue_wait"
            range = 120
            for = 5
            schedule = "business"
            receivers = []
            """
        ).alerts()
        let rule = try #require(alerts.rules["wait"])
        #expect(rule.measure == .queueWait && rule.range == NagiosRange(low: 0, high: 120))
        #expect(rule.hold == 5 && rule.keep == 0 && rule.severity == "warning" && rule.receivers == [])
        #expect(alerts.remind == 3600 && alerts.groupWait == 10)
        #expect(alerts.schedules["business"]?.hours == ["mon-fri 09:00-18:00"])
    }

    @Test(arguments: [
        ("range = '10'", "The rule alerts.rules.x has no measure. Set it."),
        ("measure = 'queue_wait'", "The rule alerts.rules.x has no range. Set it."),
        (
            "measure = 'queue_wait'\nrange = 10\nschedule = 'night'",
            "alerts.rules.x.schedule names night, but [alerts.schedules.night] does not exist. Add it, or remove the key."
        ),
    ])
    func `a rule that cannot work is named`(keys: String, message: String) throws {
        let folder = try TemporaryFolder()
        #expect(try folder.settings("[alerts.rules.x]\n\(keys)").inconsistencies().map(\.message) == [message])
    }

    @Test func `without tables there are no rules`() throws {
        let folder = try TemporaryFolder()
        #expect(try folder.settings("").alerts() == AlertSettings())
    }
}
