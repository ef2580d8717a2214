/// The rule and the labels that distinguish one alert from another.
public struct AlertIdentity: Hashable, Sendable, Codable {
    /// The rule's name in the configuration, such as `long-wait`.
    public let rule: String
    /// What the alert is about, such as `["pbx": "main", "queue": "support"]`. Never a caller's number.
    public let labels: [String: String]

    /// The alert of a rule about what the labels name.
    public init(rule: String, labels: [String: String]) {
        self.rule = rule
        self.labels = labels
    }

    /// Sixteen hexadecimal digits, the same for the same rule and labels in every run and on every machine: FNV-1a
    /// over the rule and the sorted labels, each ended by a byte that occurs in no UTF-8.
    ///
    /// The function: http://www.isthe.com/chongo/tech/comp/fnv/
    public var fingerprint: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ text: String) {
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            hash = (hash ^ 0xff) &* 0x100_0000_01b3
        }
        add(rule)
        for (name, value) in labels.sorted(by: { $0.key < $1.key }) {
            add(name)
            add(value)
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
