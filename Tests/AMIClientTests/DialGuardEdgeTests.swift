import Glibc
import Testing

@testable import AMIClient

/// Places at which the dial guard would be off by one, or look at half of an order.
@Suite struct DialGuardEdgeTests {
    /// Whether each of these calls may be placed, one after the other, at these seconds.
    private static func admitted(perMinute: Int = 0, perDay: Int = 0, at seconds: [Int]) throws -> [Bool] {
        var template = Array("/tmp/crm-voip-test-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        let folder = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer {
            unlink("\(folder)/count")
            rmdir(folder)
        }
        let ledger = DialLedger(path: "\(folder)/count")
        return seconds.map { second in
            (try? ledger.count(perMinute: perMinute, perDay: perDay, now: second)) != nil
        }
    }

    @Test func `a call counts for sixty seconds`() throws {
        #expect(try Self.admitted(perMinute: 1, at: [1_000_000, 1_000_059, 1_000_060]) == [true, false, true])
    }

    @Test func `a call counts for a day`() throws {
        #expect(try Self.admitted(perDay: 1, at: [1_000_000, 1_086_399, 1_086_400]) == [true, false, true])
    }

    @Test func `a call that a wrong clock put into the future does not count`() throws {
        #expect(try Self.admitted(perDay: 1, at: [2_000_000, 1_000_000, 1_000_001]) == [true, true, false])
    }

    /// An extension of ours in front does not vouch for what is dialled after a pause.
    @Test(arguments: [("101", true), ("101w102", true), ("101w5550", false), ("5550w101", false)])
    func `every part of a dial string must be known`(digits: String, isAllowed: Bool) {
        let known: Set = ["101", "102"]
        let dialGuard = DialGuard(rules: .init()) { known.contains($0) ? [.inside] : [.unknown] }
        let isRefused = (try? dialGuard.check(number: digits)) == nil
        #expect(isRefused != isAllowed)
    }

    @Test(arguments: [
        ("PJSIP/200", "PJSIP/301-0000001a", true), ("PJSIP/200", "PJSIP/302-0000001a", false),
        ("PJSIP/201", "PJSIP/301-0000001a", false), ("PJSIP/210", "PJSIP/302-0000001a", true),
        ("PJSIP/21", "PJSIP/302-0000001a", false), ("PJSIP/2100", "PJSIP/302-0000001a", false),
        ("SIP/200", "PJSIP/301-0000001a", false), ("pjsip/200", "pjsip/3451-0000001a", true),
    ])
    func `a supervisor hears whom the entry names, and everybody if it names no one`(
        supervisor: String,
        channel: String,
        isAllowed: Bool
    ) {
        var rules = DialGuard.Rules()
        // The first may hear phones that begin with 3 and end with 1; 210 may hear everybody.
        rules.spy = ["PJSIP/200 PJSIP/3*1", "PJSIP/2*10"]
        let isRefused = (try? DialGuard(rules: rules).check(spy: supervisor, on: channel)) == nil
        #expect(isRefused != isAllowed)
    }
}
