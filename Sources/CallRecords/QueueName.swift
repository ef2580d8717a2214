/// Asterisk ignores case when it looks up a queue. It logs some events with the dialplan's spelling and others with
/// that of `queues.conf`.
public enum QueueName {
    /// The common form of all spellings of a queue: the name with A to Z in lower case, as `strcasecmp` compares in
    /// Asterisk's locale.
    public static func key(_ name: String) -> String {
        guard name.utf8.contains(where: { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }) else { return name }
        return String(
            decoding: name.utf8.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 | 0x20 : $0 },
            as: UTF8.self
        )
    }
}
