public import Base

// Lines of the audit log, which are objects of strings and nulls.
extension AuditRecord {
    /// Reads a line of the audit log; nil for anything else, such as a line that was cut off by a full disk.
    ///
    /// - Parameter time: Parses the time of the line, `YYYY-MM-DDThh:mm:ssZ`.
    public init?(line: some StringProtocol, time: (String) -> Moment?) {
        guard let members = Self.members(of: line), let id = members["id"] ?? nil,
            let command = members["command"] ?? nil,
            let when = (members["time"] ?? nil).flatMap(time)
        else { return nil }
        let text = { (name: String) in (members[name] ?? nil) ?? "" }
        self.init(
            time: when,
            id: id,
            user: text("user"),
            managerUser: text("ami_user"),
            pbx: text("pbx"),
            command: command,
            target: text("target"),
            decision: text("decision"),
            reason: members["reason"] ?? nil,
            outcome: members["outcome"] ?? nil,
            channelID: members["channel_id"] ?? nil,
            address: members["address"] ?? nil
        )
    }

    private static func members(of line: some StringProtocol) -> [String: String?]? {
        var rest = Substring(line).unicodeScalars[...]
        var members: [String: String?] = [:]
        guard take("{", &rest) else { return nil }
        while let name = text(&rest) {
            guard take(":", &rest) else { return nil }
            if rest.starts(with: "null".unicodeScalars) {
                rest = rest.dropFirst(4)
                members[name] = .some(nil)
            } else {
                guard let value = text(&rest) else { return nil }
                members[name] = value
            }
            if take(",", &rest) { continue }
            return take("}", &rest) ? members : nil
        }
        return nil
    }

    private static func take(_ scalar: Unicode.Scalar, _ rest: inout Substring.UnicodeScalarView) -> Bool {
        rest = rest.drop { $0 == " " }
        guard rest.first == scalar else { return false }
        rest = rest.dropFirst()
        return true
    }

    private static func text(_ rest: inout Substring.UnicodeScalarView) -> String? {
        guard take("\"", &rest) else { return nil }
        var text = String.UnicodeScalarView()
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\"": return String(text)
            case "\\":
                guard let escaped = escaped(&rest) else { return nil }
                text.append(escaped)
            default: text.append(scalar)
            }
        }
        return nil
    }

    /// The scalar after a backslash (RFC 8259). Half of a surrogate pair, which this program does not write, is
    /// invalid.
    private static func escaped(_ rest: inout Substring.UnicodeScalarView) -> Unicode.Scalar? {
        switch rest.popFirst() {
        case "n": return "\n"
        case "t": return "\t"
        case "r": return "\r"
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "u":
            let digits = String(String.UnicodeScalarView(rest.prefix(4)))
            rest = rest.dropFirst(4)
            return UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
        case let other: return other
        }
    }
}
