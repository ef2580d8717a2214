/// Asterisk finds queues without regard to case, and logs some events with the dialplan's spelling, others with that of
/// `queues.conf`.
public enum QueueName {
    /// What two spellings of one queue have in common: the name with the letters A to Z in lower case, as `strcasecmp`
    /// compares in Asterisk's locale.
    public static func key(_ name: String) -> String {
        guard name.utf8.contains(where: { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }) else { return name }
        return String(
            decoding: name.utf8.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 | 0x20 : $0 },
            as: UTF8.self
        )
    }
}
