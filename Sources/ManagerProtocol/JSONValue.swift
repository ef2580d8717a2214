/// A JSON value with its members in order, written so that the text is valid whatever bytes a PBX sent.
public indirect enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int)
    /// A number; one that JSON cannot express becomes null.
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([(String, JSONValue)])

    /// The value as one line of JSON (RFC 8259).
    public var text: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += "\(value)"
        case .number(let value): text += value.isFinite ? "\(value)" : "null"
        case .string(let value): Self.write(value, to: &text)
        case .array(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                value.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += "," }
                Self.write(member.0, to: &text)
                text += ":"
                member.1.write(to: &text)
            }
            text += "}"
        }
    }

    private static func write(_ value: String, to text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            // U+2028 and U+2029 are legal here but end a line in JavaScript, and some readers of JSON lines stumble.
            case "\u{0}"..."\u{1F}", "\u{7F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }

    /// Values are equal if their texts are.
    public static func == (left: Self, right: Self) -> Bool { left.text == right.text }
}

extension Message {
    /// The message as a JSON object: names as sent, a name that repeats has an array of its values.
    public var json: JSONValue {
        var members: [(String, JSONValue)] = []
        var positions: [String: Int] = [:]
        for field in fields {
            let key = field.name.lowercased()
            if let position = positions[key] {
                if case .array(let values) = members[position].1 {
                    members[position].1 = .array(values + [.string(field.value)])
                } else {
                    members[position].1 = .array([members[position].1, .string(field.value)])
                }
            } else {
                positions[key] = members.count
                members.append((field.name, .string(field.value)))
            }
        }
        return .object(members)
    }
}
