import AMIClient
import Configuration
import Services
import Testing

/// Four configurations of the guard, as set by the environment.
enum GuardConfiguration: String, CaseIterable, Sendable {
    case germany, outsidePrefix, strict, noRegion

    var environment: [String: String] {
        var variables = ["CRM_VOIP_CONFIG": "/dev/null", "CRM_VOIP_DATA": "/nonexistent"]
        let table = "CRM_VOIP_PBX_MAIN_"
        if self != .noRegion { variables[table + "REGION"] = "DE" }
        if self == .outsidePrefix { variables[table + "OUTSIDE_PREFIX"] = "0" }
        if self == .strict {
            variables[table + "DIAL_GUARD_ALLOW"] = "10X,1234,_0[1-9].,_+49."
            variables[table + "DIAL_GUARD_TECHNOLOGIES"] = "PJSIP,Local"
            variables[table + "DIAL_GUARD_CONTEXTS"] = "from-internal"
            variables[table + "DIAL_GUARD_VARIABLES"] = "ORDER,CUSTOMER,NOTE"
            variables[table + "DIAL_GUARD_SPY"] = "PJSIP/200 PJSIP/3*"
        }
        return variables
    }

    func desk() throws -> OrderDesk { try OrderDesk(try Settings.load(environment: environment)) }
}

@Suite struct DialGuardTests {
    @Test(arguments: GuardTry.ordinary + GuardTry.allRefused + GuardTry.secondRound)
    func `every attempt is allowed or refused as it should be`(_ attempt: GuardTry) throws {
        for (configuration, verdict) in zip(GuardConfiguration.allCases, attempt.verdicts) {
            let dialGuard = try configuration.desk().dialGuard
            var refusal: String?
            do throws(ManagerError) {
                try dialGuard.check(Order("originate", target: "", demands: attempt.demands))
            } catch {
                #expect(error.code == .dialGuard)
                refusal = error.description
            }
            #expect((refusal == nil) == (verdict == "y"), "\(configuration): \(refusal ?? "passes")")
            if configuration == .germany, let reason = attempt.reason {
                #expect(refusal?.contains(reason.rawValue) ?? false, "\(refusal ?? "passes")")
            }
        }
        #expect(attempt.verdicts.count == GuardConfiguration.allCases.count)
    }

    private func refusal(_ exten: String, _ environment: [String: String] = [:]) throws -> String? {
        let settings = try Settings.load(environment: ["CRM_VOIP_CONFIG": "/dev/null"].merging(environment) { $1 })
        let order = Order("originate", target: "", demands: [.exten(exten, context: "from-internal")])
        let dialGuard = try OrderDesk(settings).dialGuard
        do throws(ManagerError) {
            try dialGuard.check(order)
            return nil
        } catch {
            return error.description
        }
    }

    @Test func `a refusal names the key that would allow the call`() throws {
        let main = "CRM_VOIP_PBX_MAIN_"
        #expect(try #require(try refusal("1234567890")).contains("set `region` of [pbx.main]"))
        #expect(
            try #require(try refusal("+442071234567", [main + "REGION": "DE"])).contains(
                "`countries` of [pbx.main.dial_guard]"
            )
        )
        #expect(
            try #require(try refusal("09001234567", [main + "REGION": "DE"])).contains(
                "`premium` of [pbx.main.dial_guard]"
            )
        )
        #expect(
            try #require(try refusal("99999999999", [main + "REGION": "DE"])).contains("`extensions` of [pbx.main]")
        )
    }

    @Test func `keys allow what they name`() throws {
        let germany = ["CRM_VOIP_PBX_MAIN_REGION": "DE"]
        let guards = "CRM_VOIP_PBX_MAIN_DIAL_GUARD_"
        #expect(try refusal("00442071234567", germany.merging([guards + "COUNTRIES": "GB"]) { $1 }) == nil)
        #expect(try refusal("00442071234567", [guards + "INTERNATIONAL": "true"]) == nil)
        #expect(try refusal("1234567890", [guards + "INTERNATIONAL": "true"]) == nil)
        #expect(try refusal("1234567", germany.merging(["CRM_VOIP_PBX_MAIN_EXTENSIONS": "7"]) { $1 }) == nil)
        #expect(try refusal("11833", germany.merging(["CRM_VOIP_PBX_MAIN_EXTENSIONS": "5"]) { $1 }) == nil)
        #expect(try refusal("09001234567", germany.merging([guards + "INTERNATIONAL": "true"]) { $1 }) != nil)
        #expect(try refusal("09001234567", germany.merging([guards + "PREMIUM": "true"]) { $1 }) == nil)
        #expect(try refusal("2125550123", ["CRM_VOIP_PBX_MAIN_REGION": "US"]) == nil)
        #expect(try refusal("89161234567", ["CRM_VOIP_PBX_MAIN_REGION": "RU"]) == nil)
        #expect(try refusal("102", germany.merging([guards + "DENY": "1XX"]) { $1 }) != nil)
    }
}
