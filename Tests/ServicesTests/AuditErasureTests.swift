import CallRecords
import Testing
import Transform

@testable import AMIClient

/// A person's number is removed from the audit log, and everything else stays in place.
struct AuditErasureTests {
    @Test(arguments: [
        (#"{"target":"PJSIP/101 to 0301234567@out","id":"1"}"#, #"{"target":"PJSIP/101 to xxxxxxxxxx@out","id":"1"}"#),
        (#"{"target":"+4930123xxxx","id":"1"}"#, #"{"target":"+xxxxxxxxxxx","id":"1"}"#),
        (#"{"user":"Jörg","target":"+49301234567"}"#, #"{"user":"Jörg","target":"+xxxxxxxxxxx"}"#),
    ])
    func `the digits of the number are masked in place`(line: String, masked: String) throws {
        let forms = NumberForms(try #require(PhoneNumber(e164: "+49301234567")))
        let bytes = AuditLog.masked(Array(line.utf8), try Regex(forms.patternInLogs))
        #expect(bytes == Array(masked.utf8))
    }

    @Test func `another number's line is unchanged`() throws {
        let forms = NumberForms(try #require(PhoneNumber(e164: "+49301234567")))
        let line = #"{"target":"+49301234568 1795348800.30"}"#
        #expect(AuditLog.masked(Array(line.utf8), try Regex(forms.patternInLogs)) == nil)
    }
}
