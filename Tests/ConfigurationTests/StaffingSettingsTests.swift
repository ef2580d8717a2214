import Base
import Testing

@testable import Configuration

@Suite struct StaffingSettingsTests {
    private static let keys = "queue = 'support'\nmembers = 'PJSIP/103'\nmeasure = 'queue_wait'\nrange = 60\n"

    @Test func `a rule has the keys that are set, and is off unless it is enabled`() throws {
        let folder = try TemporaryFolder()
        let text = "[staffing.a]\n\(Self.keys)[staffing.b]\nenabled = true\nfor = 30\nmost = 2\n\(Self.keys)"
        let rules = try folder.settings(text).staffing()
        #expect(rules["a"]?.isEnabled == false && rules["b"]?.isEnabled == true)
        let rule = try #require(rules["b"])
        #expect(rule.queue == "support" && rule.members == ["PJSIP/103"] && rule.action == .add)
        #expect(rule.hold == 30 && rule.keep == 120 && rule.most == 2 && rule.leastTime == 300 && !rule.isDryRun)
    }

    @Test(arguments: [
        ("measure = 'queue_wait'\nrange = 60\nmembers = 'PJSIP/1'", "The rule staffing.x has no queue. Set it."),
        ("queue = 'a'\nrange = 60\nmembers = 'PJSIP/1'", "The rule staffing.x has no measure. Set it."),
        ("queue = 'a'\nmeasure = 'queue_wait'\nmembers = 'PJSIP/1'", "The rule staffing.x has no range. Set it."),
        ("queue = 'a'\nmeasure = 'queue_wait'\nrange = 60", "The rule staffing.x has no members. Set it."),
        (
            "queue = 'a'\nmeasure = 'queue_wait'\nrange = 60\naction = 'unpause'",
            "staffing.x would end every pause. Set members or reasons."
        ),
        (
            keys + "longest_time = 100\nleast_time = 200",
            "staffing.x.longest_time is shorter than least_time. Change one of them."
        ),
        (
            keys + "pbx = 'other'",
            "staffing.x.pbx names other, but [pbx.other] does not exist. Add it, or remove the key."
        ),
        (
            keys + "schedule = 'night'",
            "staffing.x.schedule names night, but [alerts.schedules.night] does not exist. Add it, or remove the key."
        ),
    ])
    func `a rule that cannot work is named`(keys: String, message: String) throws {
        let folder = try TemporaryFolder()
        #expect(try folder.settings("[staffing.x]\n\(keys)").inconsistencies().map(\.message) == [message])
    }

    @Test func `only the measures of a queue as it is now can be used`() throws {
        let folder = try TemporaryFolder()
        let text = "[staffing.x]\nqueue = 'a'\nmembers = 'PJSIP/1'\nrange = 60\nmeasure = "
        for measure in AlertMeasure.allCases {
            let isPermitted = (try? folder.settings(text + "'\(measure.rawValue)'").staffing()) != nil
            #expect(isPermitted == StaffingSettings.measures.contains(measure), "\(measure)")
        }
    }

    @Test func `penalties and pauses of all members need no list`() throws {
        let folder = try TemporaryFolder()
        let text = "[staffing.x]\nqueue = 'a'\nmeasure = 'queue_wait'\nrange = 60\n"
        for action in ["action = 'penalty'", "action = 'unpause'\nreasons = 'backoffice'"] {
            #expect(try folder.settings(text + action).inconsistencies().isEmpty)
        }
    }
}
