import Base

/// Makes wire traffic safe to log: values of headers that carry secrets are replaced.
public enum WireTrace {
    /// The replacement for a secret.
    public static let mask = "***"

    private static let exact = ["secret", "key", "challenge", "authsecret", "md5secret"]
    private static let parts = ["password", "passwd", "secret", "token", "authkey", "apikey", "api_key"]

    /// Whether a header of this name, or a channel variable of this name, is a secret.
    public static func isSecret(_ name: some StringProtocol) -> Bool {
        let lower = name.lowercased()
        // "pin" occurs in too many innocent words (Mapping, Shipping), so it must be a separate word.
        return exact.contains(lower) || parts.contains { lower.utf8.containsRun($0.utf8) }
            || lower == "pin" || lower.hasSuffix("_pin") || lower.hasPrefix("pin_")
    }

    /// The value to show for a header.
    public static func shown(_ value: String, of name: some StringProtocol) -> String {
        if isSecret(name) { return mask }
        // Variable: PIN=1234, ChanVariable(SIP/1-1): token=…
        guard name.lowercased().utf8.containsRun("variable".utf8), let equals = value.firstIndex(of: "=") else {
            return value
        }
        return isSecret(value[..<equals]) ? "\(value[...equals])\(mask)" : value
    }

    /// A packet's lines as text, secrets replaced, control characters shown as U+FFFD.
    public static func lines(of packet: some Collection<UInt8>) -> [String] {
        packet.split(whereSeparator: { $0 == .lineFeed }).compactMap { line in
            let bytes = line.last == .carriageReturn ? line.dropLast() : line[...]
            return bytes.isEmpty ? nil : masked(line: String(decoding: bytes, as: UTF8.self))
        }
    }

    /// A message's lines as text, secrets replaced.
    public static func lines(of message: Message) -> [String] {
        message.fields.map {
            $0.name.isEmpty
                ? PrintableText.of($0.value) : "\($0.name): \(PrintableText.of(shown($0.value, of: $0.name)))"
        }
            + message.body.map { PrintableText.of(message.encoding.text(of: $0)) }
    }

    /// The message with its secrets replaced, for recordings.
    public static func masked(_ message: Message) -> Message {
        var copy = message
        for (index, field) in message.fields.enumerated() {
            let shown = shown(field.value, of: field.name)
            if shown != field.value { copy.headers[index].value = Array(shown.utf8) }
        }
        if let name = message["Variable"], message.eventName == "VarSet", isSecret(name),
            let index = message.headers.firstIndex(where: { equalIgnoringCase($0.name, "Value".utf8) })
        {
            copy.headers[index].value = Array(mask.utf8)
        }
        return copy
    }

    private static func masked(line: String) -> String {
        guard let colon = line.firstIndex(of: ":") else { return PrintableText.of(line) }
        let value = line[line.index(after: colon)...].drop { $0 == " " }
        return "\(line[..<colon]): \(PrintableText.of(shown(String(value), of: line[..<colon])))"
    }
}

extension Collection where Element == UInt8 {
    /// Whether the bytes of `other` occur consecutively somewhere in these.
    func containsRun(_ other: some Collection<UInt8>) -> Bool {
        guard !other.isEmpty else { return true }
        var rest = self[...]
        while rest.count >= other.count {
            if rest.starts(with: other) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
