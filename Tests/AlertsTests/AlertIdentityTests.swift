import Alerts
import Testing

@Suite struct AlertIdentityTests {
    @Test func `the fingerprint is FNV-1a over the rule and the sorted labels`() {
        // The offset basis and 0xff, multiplied by the prime modulo 2^64: worked out with another program.
        #expect(AlertIdentity(rule: "", labels: [:]).fingerprint == "af64724c8602eb6e")
    }

    @Test func `order of labels does not matter, and borders between texts do`() {
        let one = AlertIdentity(rule: "wait", labels: ["pbx": "main", "queue": "support"])
        let same = AlertIdentity(rule: "wait", labels: ["queue": "support", "pbx": "main"])
        let other = AlertIdentity(rule: "waitp", labels: ["bx": "main", "queue": "support"])
        #expect(one.fingerprint == same.fingerprint)
        #expect(one.fingerprint != other.fingerprint)
        #expect(one.fingerprint.count == 16)
    }
}
