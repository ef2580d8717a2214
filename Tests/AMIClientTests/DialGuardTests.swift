import Glibc
import AMI
import Testing

@testable import AMIClient

@Suite struct DialGuardTests {
    /// +7 is home, +44 abroad, +1900 premium; up to six digits are extensions.
    private func facts(_ number: String) -> DialGuard.NumberFacts? {
        if number.count <= 6 { return nil }
        if number.hasPrefix("+1900") { return .init(region: "US", isPremium: true) }
        if number.hasPrefix("+44") { return .init(region: "GB", isPremium: false) }
        return number.hasPrefix("+7") ? .init(region: "RU", isPremium: false) : .init(region: nil, isPremium: false)
    }

    private func allows(
        _ channel: String = "PJSIP/101",
        _ exten: String = "100",
        context: String = "from-internal",
        _ change: (inout DialGuard.Rules) -> Void = { _ in }
    ) -> Bool {
        var rules = DialGuard.Rules()
        rules.region = "RU"
        change(&rules)
        let request = OriginateRequest(channel: channel, destination: .exten(exten, context: context))
        return (try? DialGuard(rules: rules, classify: facts).check(request)) != nil
    }

    @Test func homeAndInsideOnly() {
        #expect(allows())
        #expect(allows(exten("+79161234567")))
        #expect(!allows(exten("+442079460958")))
        #expect(!allows(exten("+19005550100")))
        #expect(!allows(exten("99999999999")))
    }

    private func exten(_ number: String) -> String { "Local/\(number)@from-internal" }

    @Test func opened() {
        #expect(allows(exten("+442079460958")) { $0.countries = ["gb"] })
        #expect(allows(exten("+442079460958")) { $0.international = true })
        #expect(!allows(exten("+19005550100")) { $0.international = true })
        #expect(
            allows(exten("+19005550100")) {
                $0.international = true
                $0.premium = true
            }
        )
    }

    @Test func everyNumberOfTheOrderCounts() {
        // The party that is called first, behind a trunk, and the extension it is connected to.
        #expect(!allows("PJSIP/+442079460958@trunk"))
        #expect(!allows("SIP/trunk/+442079460958"))
        #expect(!allows("DAHDI/g1/+442079460958"))
        #expect(!allows("PJSIP/101", "+442079460958"))
        #expect(!allows("Local/+442079460958@from-internal/n"))
    }

    @Test func patternsTechnologiesContexts() {
        #expect(allows { $0.numbers = ["1XX"] })
        #expect(!allows { $0.numbers = ["2XX"] })
        #expect(!allows { $0.blocked = ["10X"] })
        #expect(!allows { $0.technologies = ["SIP"] })
        #expect(allows { $0.technologies = ["pjsip"] })
        #expect(!allows { $0.contexts = ["outgoing"] })
        #expect(!allows("Local/1@secret", "100") { $0.contexts = ["from-internal"] })
    }

    @Test func applicationsAndVariables() {
        func allows(_ application: String, _ variables: [ChannelVariable] = []) -> Bool {
            var rules = DialGuard.Rules()
            rules.variables = ["ORDER"]
            var request = OriginateRequest(channel: "PJSIP/1", destination: .application(application, data: ""))
            request.variables = variables
            return (try? DialGuard(rules: rules).check(request)) != nil
        }
        #expect(allows("playback"))
        for bad in ["System", "TrySystem", "Exec", "AGI", "MixMonitor", "Originate", "Dial"] {
            #expect(!allows(bad), "\(bad)")
        }
        #expect(allows("Echo", [ChannelVariable(name: "__ORDER", value: "1")]))
        #expect(!allows("Echo", [ChannelVariable(name: "EXEC_COMMAND", value: "1")]))
    }

    @Test(arguments: [
        ("_NXXXXXX", "5551234", true), ("NXXXXXX", "1551234", false), ("_1XX", "1000", false), ("_+7.", "+7", false),
        ("+7.", "+74", true), ("_9!", "9", true), ("[13-5]X", "40", true), ("[13-5]X", "20", false),
        ("112", "112", true),
        ("112", "1122", false), ("_Z-N", "12", true), ("_Z-N", "02", false), ("[", "1", false),
    ])
    func patterns(_ pattern: String, _ number: String, _ matches: Bool) {
        #expect(NumberPattern(pattern).matches(number) == matches)
    }

    @Test func callsAreCountedBetweenRuns() throws {
        var template = Array("/tmp/crm-voip-test-XXXXXX".utf8CString)
        _ = mkdtemp(&template)
        let folder = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let ledger = DialLedger(path: "\(folder)/count")
        defer {
            unlink(ledger.path)
            rmdir(folder)
        }
        for second in 0..<3 { try ledger.count(perMinute: 3, perDay: 5, now: 1_000_000 + second) }
        #expect(throws: ManagerError.self) { try ledger.count(perMinute: 3, perDay: 5, now: 1_000_003) }
        // A minute later there is room again, until the day's limit.
        try ledger.count(perMinute: 3, perDay: 5, now: 1_000_063)
        try ledger.count(perMinute: 3, perDay: 5, now: 1_000_064)
        #expect(throws: ManagerError.self) { try ledger.count(perMinute: 3, perDay: 5, now: 1_000_200) }
        try ledger.count(perMinute: 3, perDay: 5, now: 1_086_500)
        // What cannot be counted is not allowed.
        let error = #expect(throws: ManagerError.self) {
            try DialLedger(path: "\(folder)/no/count").count(perMinute: 1, perDay: 1)
        }
        #expect(error?.code == .file)
    }
}
